"""Prices in time: the points of a variant as a line to draw and a table to read."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import Lead, RowNumber

from commerce.catalog.models import PricePoint, Product, Variant
from community.foundation import clock

DAYS = 365
FALL_DAYS = 30
"""A price that fell so long ago or less is shown beside what it was."""
MOST = 100
WIDTH, HEIGHT, MARGIN = 240, 48, 4


@dataclass(frozen=True)
class Point:
    price: int
    since: dt.datetime


@dataclass(frozen=True)
class Fall:
    """What a price was before it fell, and by how many percent, rounded down."""

    before: int
    percent: int


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
    def fell(self) -> "Fall | None":
        """The last change, if it was a fall of these days."""
        if not self.changed:
            return None
        return _fall(self.points[-2].price, self.points[-1].price, self.points[-1].since)

    @property
    def now_lowest(self) -> bool:
        """Whether it never cost less within the span."""
        return self.changed and self.points[-1].price == self.lowest

    @property
    def end(self) -> float:
        """Where the line ends, from the top of its box: for the mark of today."""
        return _height(self.points[-1].price, self.lowest, self.highest)

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
    low, high = min(point.price for point in points), max(point.price for point in points)

    def x(moment: dt.datetime) -> float:
        return round(min(max((moment - first).total_seconds() / span, 0.0), 1.0) * WIDTH, 1)

    def y(price: int) -> float:
        return _height(price, low, high)

    drawn = [f"M0 {y(points[0].price)}"]
    drawn += [f"H{x(point.since)}V{y(point.price)}" for point in points[1:]]
    return "".join([*drawn, f"H{WIDTH}"])


def _height(price: int, low: int, high: int) -> float:
    return round(HEIGHT - MARGIN - (price - low) / max(high - low, 1) * (HEIGHT - 2 * MARGIN), 1)


def _fall(before: int, price: int, since: dt.datetime) -> Fall | None:
    if price >= before or since < clock.now() - dt.timedelta(days=FALL_DAYS):
        return None
    return Fall(before, max(1, (before - price) * 100 // before))


def mark_falls(products: Iterable[Product]) -> None:
    """Give each product `fell`: how the price that its card shows fell of late, or None. One query for all of them."""
    rows = list(products)
    cheapest = Variant.objects.filter(product__in=rows, active=True, price=F("product__price"))
    in_time: dict[str, Any] = {"partition_by": F("variant"), "order_by": (F("since").desc(), F("id").desc())}
    points = PricePoint.objects.filter(variant__in=cheapest.values("pk")).annotate(
        place=Window(RowNumber(), **in_time), former=Window(Lead("price"), **in_time)
    )
    last = points.filter(place=1, former__gt=F("price")).order_by("former")
    found = {
        product: _fall(former, price, since)
        for product, former, price, since in last.values_list("variant__product", "former", "price", "since")
    }
    for row in rows:
        row.fell = found.get(row.pk)  # type: ignore[attr-defined]
