"""Ratings over time: how many of each, by month, or by year where months would be too many bars."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth, TruncYear

from community.reviews.models import Review
from community.subjects.models import Subject

MOST_BARS = 48


@dataclass(frozen=True)
class Period:
    """The ratings from `start` until before `end` (UTC); `stars` counts each of 1 to 5."""

    start: dt.datetime
    end: dt.datetime
    stars: dict[int, int]
    monthly: bool

    @property
    def count(self) -> int:
        return sum(self.stars.values())

    @property
    def mean(self) -> float | None:
        return sum(star * number for star, number in self.stars.items()) / self.count if self.count else None


def over_time(subject: Subject, rows: Any | None = None) -> list[Period]:
    """The counted ratings of a subject by period, oldest first, without gaps."""
    counted = Review.objects.counted().filter(subject=subject) if rows is None else rows
    ends = counted.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return []
    first, last = ends["first"].astimezone(dt.UTC), ends["last"].astimezone(dt.UTC)
    monthly = (last.year - first.year) * 12 + last.month - first.month < MOST_BARS
    trunc = TruncMonth if monthly else TruncYear
    tallies: dict[dt.datetime, dict[int, int]] = {}
    grouped = counted.annotate(start=trunc("published_at", tzinfo=dt.UTC)).order_by()
    for start, rating, number in grouped.values_list("start", "rating").annotate(number=Count("pk")):
        tallies.setdefault(start, {})[rating] = number
    periods = []
    start = _start_of(first, monthly=monthly)
    while start <= last:
        end = _next(start, monthly=monthly)
        stars = {star: tallies.get(start, {}).get(star, 0) for star in range(1, 6)}
        periods.append(Period(start, end, stars, monthly))
        start = end
    return periods


def _start_of(moment: dt.datetime, *, monthly: bool) -> dt.datetime:
    return dt.datetime(moment.year, moment.month if monthly else 1, 1, tzinfo=dt.UTC)


def _next(start: dt.datetime, *, monthly: bool) -> dt.datetime:
    if not monthly or start.month == 12:
        return dt.datetime(start.year + 1, 1, 1, tzinfo=dt.UTC)
    return dt.datetime(start.year, start.month + 1, 1, tzinfo=dt.UTC)
