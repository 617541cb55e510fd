"""Prices in time: the points of a variant as a line to draw and a table to read."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from commerce.catalog.models import PricePoint, Variant
from community.foundation import clock

DAYS = 365
MOST = 100
WIDTH, HEIGHT, MARGIN = 240, 48, 4


@dataclass(frozen=True)
class Point:
    price: int
    since: dt.datetime


@dataclass(frozen=True)
class History:
    """`points` oldest first; the first may lie before the span, since it says what the price was when that began."""

    points: list[Point]
    lowest: int
    highest: int
    path: str

    @property
    def changed(self) -> bool:
        return len(self.points) > 1

    @property
    def newest_first(self) -> list[Point]:
        return self.points[::-1]


def history_of(variant: Variant) -> History:
    """The last year of a variant's price."""
    rows = PricePoint.objects.filter(variant=variant).order_by("-since", "-id").values_list("price", "since")[:MOST]
    begin = clock.now() - dt.timedelta(days=DAYS)
    points: list[Point] = []
    for price, since in rows:
        points.append(Point(price, since))
        if since <= begin:
            break
    points.reverse()
    points = points or [Point(variant.price, clock.now())]
    prices = [point.price for point in points]
    return History(points, min(prices), max(prices), _path(points, begin))


def points_of(variant_ids: Sequence[uuid.UUID]) -> list[PricePoint]:
    """The last MOST points of these variants, newest first."""
    return list(PricePoint.objects.filter(variant__in=variant_ids).order_by("-since", "-id")[:MOST])


def _path(points: Sequence[Point], begin: dt.datetime) -> str:
    """A step line in a box of WIDTH × HEIGHT: prices stay until they change."""
    now = clock.now()
    first = max(begin, points[0].since)
    span = max((now - first).total_seconds(), 1.0)
    low = min(point.price for point in points)
    rise = max(max(point.price for point in points) - low, 1)

    def x(moment: dt.datetime) -> float:
        return round(min(max((moment - first).total_seconds() / span, 0.0), 1.0) * WIDTH, 1)

    def y(price: int) -> float:
        return round(HEIGHT - MARGIN - (price - low) / rise * (HEIGHT - 2 * MARGIN), 1)

    drawn = [f"M0 {y(points[0].price)}"]
    drawn += [f"H{x(point.since)}V{y(point.price)}" for point in points[1:]]
    return "".join([*drawn, f"H{WIDTH}"])
