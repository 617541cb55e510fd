"""Ranked lists: making, changing and deleting one's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from community.foundation import clock
from community.foundation.characters import tidy, visible_line, words
from community.foundation.problems import NotThere, Stale
from community.members import allowances, standing
from community.scorecards import choosing
from community.scorecards.errors import NotYourList
from community.scorecards.models import LONGEST_INTRODUCTION, LONGEST_TITLE, MOST_IN_A_LIST, RankedList, RankedListLine


@transaction.atomic
def make_list(
    *,
    by: Any,
    title: str,
    subjects: Sequence[str],
    introduction: str = "",
    notes: Mapping[str, str] | None = None,
    public: bool = True,
) -> RankedList:
    """A list of the subjects at these addresses, best first; `notes` say why, by address.

    Raises NothingOnIt, TooManySubjects, NamedTwice, UnknownSubject, Blank, Overlong, Refused, TooMany.
    """
    standing.require_voice(by)
    allowances.spend(member=by, act="subject")
    title = visible_line(title, field="title", most=LONGEST_TITLE)
    introduction = words(introduction, field="introduction", most=LONGEST_INTRODUCTION)
    made = RankedList.objects.create(
        slug=choosing.address(title), title=title, introduction=introduction, owner=by, public=public
    )
    _put(made, by, subjects, notes or {})
    return made


@transaction.atomic
def change_list(
    *,
    by: Any,
    ranked_list: RankedList,
    title: str | None = None,
    introduction: str | None = None,
    public: bool | None = None,
    subjects: Sequence[str] | None = None,
    notes: Mapping[str, str] | None = None,
    version: int | None = None,
) -> RankedList:
    """Change what is given. Raises NotYourList, Stale if `version` is not the present one, and as make_list."""
    standing.require_voice(by)
    row = _own(by, ranked_list)
    if version is not None and version != row.version:
        raise Stale
    allowances.spend(member=by, act="edit")
    if title is not None:
        row.title = visible_line(title, field="title", most=LONGEST_TITLE)
    if introduction is not None:
        row.introduction = words(introduction, field="introduction", most=LONGEST_INTRODUCTION)
    row.public = row.public if public is None else public
    row.updated_at, row.version = clock.now(), row.version + 1
    row.save(update_fields=["title", "introduction", "public", "updated_at", "version"])
    if subjects is not None or notes is not None:
        lines = list(row.lines.select_related("subject"))
        kept = {line.subject.slug: line.note for line in lines}
        _put(row, by, subjects if subjects is not None else list(kept), {**kept, **(notes or {})})
    return row


@transaction.atomic
def delete_list(*, by: Any, ranked_list: RankedList) -> None:
    """Delete one's own list. Raises NotYourList."""
    _own(by, ranked_list).delete()


def _own(by: Any, ranked_list: RankedList) -> RankedList:
    row = RankedList.objects.select_for_update(no_key=True).filter(pk=ranked_list.pk).first()
    if row is None:
        raise NotThere
    if row.owner_id != by.pk:
        raise NotYourList
    return row


def _put(row: RankedList, by: Any, slugs: Sequence[str], notes: Mapping[str, str]) -> None:
    chosen = choosing.named(slugs, viewer=by, most=MOST_IN_A_LIST)
    RankedListLine.objects.filter(ranked_list=row).delete()
    RankedListLine.objects.bulk_create(
        RankedListLine(ranked_list=row, subject=subject, position=place, note=tidy(notes.get(slug, "")).strip()[:280])
        for place, (slug, subject) in enumerate(zip(slugs, chosen, strict=True), 1)
    )
