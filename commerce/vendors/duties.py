"""What a vendor should do now, and how its shop goes: the first page of the desk.

Apps above add theirs in `AppConfig.ready`: `duties.register(orders_to_prepare)`, `duties.chart(sales_by_day)`.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import Promise

from commerce.vendors.models import Vendor
from commerce.vendors.switching import place_of

Words = str | Promise


@dataclass(frozen=True)
class Duty:
    """Something that waits for the vendor: how many, what to do, where. Shown when `count` is not zero."""

    count: int
    text: Words
    url: str
    urgent: bool = False


@dataclass(frozen=True)
class Chart:
    """Numbers by day: drawn, and in a table beside; `columns` name the values of `rows`, whose first is the day."""

    name: str
    title: Words
    columns: tuple[Words, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def drawn(self) -> str:
        """What unfold's chart component takes: the first column of numbers."""
        labels = [date_format(row[0], "n.j") if isinstance(row[0], dt.date) else str(row[0]) for row in self.rows]
        numbers = {"label": str(self.columns[1]), "data": [row[1] for row in self.rows]}
        return json.dumps({"labels": labels, "datasets": [{**numbers, "backgroundColor": "var(--color-primary-600)"}]})


Duties = Callable[[Vendor, Any], Iterable[Duty]]
Charts = Callable[[Vendor, Any], Iterable[Chart]]
_duties: list[Duties] = []
_charts: list[Charts] = []


def register(source: Duties) -> None:
    """Let an app say what waits in it; `source(vendor, member)`."""
    if source not in _duties:
        _duties.append(source)


def chart(source: Charts) -> None:
    """Let an app show figures; `source(vendor, member)`."""
    if source not in _charts:
        _charts.append(source)


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows: duties with the urgent first, then charts."""
    place = place_of(request)
    if place is None:
        return {"duties": [], "charts": []}
    found = [duty for source in _duties for duty in source(place.vendor, request.user) if duty.count]
    charts = [one for source in _charts for one in source(place.vendor, request.user)]
    return {"duties": sorted(found, key=lambda one: not one.urgent), "charts": charts}
