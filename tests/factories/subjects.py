"""Subjects and categories for tests, by the acts where there is one."""

import itertools
from typing import Any

from community.subjects.categories import place_category
from community.subjects.models import Aspect, Category, Steward, Subject, SubjectKind

_number = itertools.count(1)


def a_category(slug: str | None = None, *, parent: Category | None = None, aspects: tuple[str, ...] = ()) -> Category:
    """A category, with aspects by these slugs."""
    slug = slug or f"category-{next(_number)}"
    category = place_category(slug=slug, name=slug.title(), name_ko=f"{slug} 갈래", parent=parent)
    for position, aspect in enumerate(aspects):
        Aspect.objects.create(category=category, slug=aspect, name=aspect.title(), position=position)
    return category


def a_subject(name: str | None = None, *, category: Category | None = None, **fields: Any) -> Subject:
    """A subject as if somebody had entered it."""
    number = next(_number)
    category = category or a_category()
    fields.setdefault("slug", f"subject-{number}")
    fields.setdefault("kind", SubjectKind.PRODUCT)
    fields.setdefault("prior_mean", category.prior_mean)
    subject = Subject.objects.create(name=name or f"Subject {number}", category=category, **fields)
    subject.refresh_from_db()
    return subject


def a_steward(subject: Subject, team: Any) -> Steward:
    """Let a team answer for a subject."""
    return Steward.objects.create(subject=subject, team=team)
