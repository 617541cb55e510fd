"""What a reader asks of the shop: words, category, seller, price, attributes, order. Read from an address, and back."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commerce import money
from community.foundation.problems import Invalid

ORDERS: dict[str, tuple[str, ...]] = {
    "sold": ("-sold_count",),
    "new": ("-listed_at",),
    "price": ("price",),
    "price_down": ("-price",),
}
ORDER_NAMES = {
    "sold": _("Best sold"),
    "new": _("Newest"),
    "price": _("Cheapest first"),
    "price_down": _("Dearest first"),
}
ATTRIBUTE = "a-"
"""Before the address of an attribute in a query: `a-colour=Red`."""
MOST_ATTRIBUTES = 12


@dataclass(frozen=True)
class Filters:
    """Empty means: not asked for. Prices are smallest units; several values of one attribute mean any of them."""

    words: str = ""
    category: str = ""
    vendor: str = ""
    subject: str = ""
    min_price: int | None = None
    max_price: int | None = None
    available: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The order to page by: newest first, unless asked otherwise; best sold first where words were looked for."""
        return ORDERS[self.order or ("sold" if self.words.strip() else "new")]

    @property
    def narrowed(self) -> bool:
        """Whether anything but words and order is asked for."""
        return self != Filters(words=self.words, order=self.order)

    def but(self, **changed: Any) -> "Filters":
        return dataclasses.replace(self, **changed)

    def toggled(self, attribute: str, value: str) -> "Filters":
        """With this value of an attribute, or without it where it was asked for."""
        had = self.attributes.get(attribute, ())
        now = tuple(one for one in had if one != value) if value in had else (*had, value)
        rest = {slug: values for slug, values in self.attributes.items() if slug != attribute}
        return self.but(attributes={**rest, attribute: now} if now else rest)

    @property
    def query(self) -> str:
        """As the query of an address, with its question mark; without a cursor, so that it starts at the first page."""
        return "?" + urlencode(self._given())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that looks for other words sends along: everything but the words."""
        return [(name, value) for name, value in self._given() if name != "q"]

    def _given(self) -> list[tuple[str, str]]:
        pairs = [("q", self.words), ("category", self.category), ("vendor", self.vendor), ("subject", self.subject)]
        pairs += [(name, money.to_text(amount)) for name, amount in self._prices() if amount is not None]
        pairs += [("available", "1")] if self.available else []
        pairs += [(ATTRIBUTE + slug, one) for slug, values in sorted(self.attributes.items()) for one in values]
        pairs.append(("order", self.order))
        return [(name, value) for name, value in pairs if value]

    def _prices(self) -> list[tuple[str, int | None]]:
        return [("min_price", self.min_price), ("max_price", self.max_price)]


def orders_of(filters: Filters) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is the one in use) of each order that a list can have."""
    used = filters.columns
    return [
        (str(ORDER_NAMES[name]), filters.but(order=name).query, columns == used) for name, columns in ORDERS.items()
    ]


def from_query(query: QueryDict) -> Filters:
    """The filters of an address. Raises Invalid for an unknown order, NoAmount for a price that is none."""
    order = query.get("order", "")
    if order and order not in ORDERS:
        raise Invalid(code="invalid_choice", field="order")
    attributes = {
        name.removeprefix(ATTRIBUTE): tuple(dict.fromkeys(query.getlist(name)))[:MOST_ATTRIBUTES]
        for name in list(query)[:50]
        if name.startswith(ATTRIBUTE)
    }
    return Filters(
        words=query.get("q", ""),
        category=query.get("category", ""),
        vendor=query.get("vendor", ""),
        subject=query.get("subject", ""),
        min_price=_price(query.get("min_price", "")),
        max_price=_price(query.get("max_price", "")),
        available=query.get("available") == "1",
        attributes=dict(list(attributes.items())[:MOST_ATTRIBUTES]),
        order=order,
    )


def _price(text: str) -> int | None:
    return money.parse(text.replace(",", "")) if text.strip() else None
