"""Subjects named by address, and free addresses for cards and lists."""

import secrets
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from community.scorecards.errors import NamedTwice, NothingOnIt, TooManySubjects, UnknownSubject
from community.subjects.models import FormerAddress, Subject


def named(slugs: Sequence[str], *, viewer: Any, most: int) -> list[Subject]:
    """The subjects at these addresses, in this order; former addresses count.

    Raises NothingOnIt, TooManySubjects, NamedTwice, UnknownSubject.
    """
    if not slugs:
        raise NothingOnIt(field="subjects")
    if len(slugs) > most:
        raise TooManySubjects(field="subjects")
    visible = Subject.objects.visible_to(viewer)
    found = {subject.slug: subject for subject in visible.filter(slug__in=slugs)}
    former = FormerAddress.objects.filter(slug__in=set(slugs) - set(found)).values_list("slug", "subject")
    moved = dict(former)
    by_id = visible.in_bulk(list(moved.values())) if moved else {}
    found.update({slug: by_id[pk] for slug, pk in moved.items() if pk in by_id})
    if any(slug not in found for slug in slugs):
        raise UnknownSubject(field="subjects")
    subjects = [found[slug] for slug in slugs]
    if len({subject.pk for subject in subjects}) < len(subjects):
        raise NamedTwice(field="subjects")
    return subjects


def address(title: str) -> str:
    """A readable address with an ending that nobody guesses."""
    plain = slugify(unicodedata.normalize("NFC", title), allow_unicode=True).strip("-_")[:60].strip("-_")
    return f"{plain or 'card'}-{secrets.token_hex(4)}"
