"""Ratings over time: how many of each, by month, or by year where months would be too many bars."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

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
    by_month = counted.annotate(start=TruncMonth("published_at", tzinfo=dt.UTC)).order_by()
    months = list(by_month.values_list("start", "rating").annotate(number=Count("pk")))
    if not months:
        return []
    first, last = min(month[0] for month in months), max(month[0] for month in months)
    monthly = (last.year - first.year) * 12 + last.month - first.month < MOST_BARS
    tallies: dict[dt.datetime, Counter[int]] = defaultdict(Counter)
    for month, rating, number in months:
        tallies[_start_of(month, monthly=monthly)][rating] += number
    periods = []
    start = _start_of(first, monthly=monthly)
    while start <= last:
        end = _next(start, monthly=monthly)
        stars = {star: tallies[start][star] for star in range(1, 6)}
        periods.append(Period(start, end, stars, monthly))
        start = end
    return periods


def _start_of(moment: dt.datetime, *, monthly: bool) -> dt.datetime:
    return dt.datetime(moment.year, moment.month if monthly else 1, 1, tzinfo=dt.UTC)


def _next(start: dt.datetime, *, monthly: bool) -> dt.datetime:
    if not monthly or start.month == 12:
        return dt.datetime(start.year + 1, 1, 1, tzinfo=dt.UTC)
    return dt.datetime(start.year, start.month + 1, 1, tzinfo=dt.UTC)
