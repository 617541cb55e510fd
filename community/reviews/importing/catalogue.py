"""Subjects for the keys of an import, with their titles and categories."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from community.foundation.characters import tidy
from community.subjects import searching
from community.subjects.categories import ROOTS, place_category
from community.subjects.models import Category, FormerAddress, Subject, SubjectKind

LONGEST_TITLE = 200
FACTS = ("authors", "year", "language")
WORKS = ROOTS[SubjectKind.WORK]
BRANCHES = {"movie": ("films", "Films", "영화"), "book": ("books", "Books", "책")}


@dataclass(frozen=True)
class Title:
    """What a catalogue tells of a subject."""

    name: str
    facts: dict[str, str] = field(default_factory=dict)


def title_of(columns: Mapping[str, Any]) -> tuple[str, Title] | None:
    """(key, Title) of a catalogue's line, None if it names no subject or no title."""
    key, name = columns.get("subject"), columns.get("title")
    if not isinstance(key, str) or not isinstance(name, str):
        return None
    name = tidy(name).strip()[:LONGEST_TITLE]
    facts = {fact: tidy(str(columns[fact]))[:LONGEST_TITLE] for fact in FACTS if columns.get(fact) not in (None, "")}
    return (key, Title(name, facts)) if name else None


class Catalogue:
    """The subjects of an import, by key; made when first spoken of. A key is the subject's address, or a former one
    of a subject that was merged or renamed. The part of a key before the first hyphen names the category."""

    def __init__(self, titles: Mapping[str, Title], category: Category | None = None) -> None:
        self._titles = titles
        self._category = category
        self._branches: dict[str, Category] = {}
        self._ids: dict[str, uuid.UUID] = {}

    def ids(self, keys: Iterable[str]) -> dict[str, uuid.UUID]:
        """Ids by key; every key has one."""
        wanted = set(keys) - set(self._ids)
        if wanted:
            self._look_up(wanted)
            missing = wanted - set(self._ids)
            if missing:
                self._make(sorted(missing))
                self._look_up(missing)
        return self._ids

    def forget(self) -> None:
        """Look everything up again: a merge may have come in between."""
        self._ids.clear()

    def _look_up(self, keys: set[str]) -> None:
        former = FormerAddress.objects.filter(slug__in=keys).values_list("slug", "subject")
        standing = Subject.objects.filter(slug__in=keys, merged_into=None).values_list("slug", "pk")
        self._ids.update(former)
        self._ids.update(standing)

    def _make(self, keys: list[str]) -> None:
        rows = [self._row(key) for key in keys]
        Subject.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)

    def _row(self, key: str) -> Subject:
        title = self._titles.get(key) or Title(key)
        category = self._category or self._branch(key)
        literal = searching.document(name=title.name, summary="", facts=dict(title.facts))
        return Subject(
            slug=key,
            name=title.name,
            kind=SubjectKind.WORK,
            category=category,
            facts=title.facts,
            prior_mean=category.prior_mean,
            search=Cast(Value(literal), SearchVectorField()),
        )

    def _branch(self, key: str) -> Category:
        word = key.partition("-")[0].casefold() if "-" in key else ""
        slug, name, name_ko = BRANCHES.get(word, (word, word.title(), "")) if word else WORKS
        if slug not in self._branches:
            known = Category.objects.filter(slug=slug).first()
            self._branches[slug] = known or self._new_branch(slug, name, name_ko)
        return self._branches[slug]

    def _new_branch(self, slug: str, name: str, name_ko: str) -> Category:
        works = Category.objects.filter(slug=WORKS[0]).first()
        if works is None:
            works = place_category(slug=WORKS[0], name=WORKS[1], name_ko=WORKS[2])
        if slug == WORKS[0]:
            return works
        return place_category(slug=slug[:60], name=name[:80], name_ko=name_ko, parent=works)


def retitle(titles: Mapping[str, Title]) -> int:
    """Give subjects that still bear their key as name the title of a catalogue; gives how many were named."""
    named = 0
    for subject in Subject.objects.filter(slug__in=list(titles), merged_into=None).iterator(1000):
        title = titles[subject.slug]
        if subject.name == subject.slug and title.name != subject.name:
            subject.name, subject.facts = title.name, {**subject.facts, **title.facts}
            subject.save(update_fields=["name", "facts"])
            searching.index(subject)
            named += 1
    return named
