"""The sitemap (sitemaps.org): an index, and a part a month of addresses that every guest may open.

Parts are cut by the month rows were made in, not by counting them, so that a part stays the same while the site grows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Min

from community.boards.models import Board, Topic
from community.boards.models.topics import State
from community.foundation.addresses import absolute
from community.foundation.problems import NotThere
from community.subjects.models import Subject

LARGEST = 50_000  # what the protocol allows a file
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Part:
    """One file: `number` is the month that its rows were made in, 12 · year + month."""

    kind: str
    number: int
    changed: dt.datetime


def _rows(kind: str) -> tuple[Any, str, str]:
    """(what guests may open, when made, when changed)."""
    guest = AnonymousUser()
    if kind == "topics":
        return Topic.objects.visible_to(guest).filter(state=State.PUBLISHED), "created_at", "bumped_at"
    if kind == "subjects":
        return Subject.objects.visible_to(guest), "created_at", "created_at"
    if kind == "boards":
        return Board.objects.visible_to(guest), "created_at", "created_at"
    raise NotThere


def parts() -> Iterator[Part]:
    """The parts that hold something."""
    for kind in ("boards", "topics", "subjects"):
        rows, made, changed = _rows(kind)
        months = rows.order_by().values(f"{made}__year", f"{made}__month").annotate(last=Max(changed), first=Min(made))
        for month in months.order_by("first"):
            yield Part(kind, 12 * month[f"{made}__year"] + month[f"{made}__month"], month["last"])


def addresses(kind: str, number: int) -> list[tuple[str, dt.datetime]]:
    """(absolute address, last change) of a part. Raises NotThere for one that holds nothing."""
    rows, made, changed = _rows(kind)
    year, month = divmod(number - 1, 12)
    if not FIRST_YEAR <= year <= dt.MAXYEAR:
        raise NotThere
    found = rows.filter(**{f"{made}__year": year, f"{made}__month": month + 1}).order_by("id")[:LARGEST]
    if not found:
        raise NotThere
    return [(absolute(row.get_absolute_url()), getattr(row, changed)) for row in found]
