"""Up to four products side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from commerce.catalog import attributes as attribute_values
from commerce.catalog.attributes import NOTHING
from commerce.catalog.models import Product
from commerce.catalog.reading import known_by_slugs
from commerce.vendors.replying import mark_reply_times

MOST = 4


@dataclass(frozen=True)
class Line:
    """One row of the table: what is compared, and the value of each product in words; `differs` if not all the same."""

    name: str
    values: list[str]

    @property
    def told(self) -> bool:
        """Whether there is anything to say of one of them."""
        return any(value != NOTHING for value in self.values)

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class Comparison:
    products: list[Product]
    lines: list[Line]

    @property
    def columns(self) -> list[tuple[Product, str]]:
        """Each product, and the query of the address that leaves it out."""
        slugs = [one.slug for one in self.products]
        return [
            (one, "?" + urlencode({"products": ",".join(slug for slug in slugs if slug != one.slug)}))
            for one in self.products
        ]

    @property
    def lowest(self) -> int | None:
        """The price of the cheapest, where there is something to choose between."""
        prices = [one.price for one in self.products if one.price is not None and one.available]
        return min(prices) if len(set(prices)) > 1 else None


def compare(slugs: Sequence[str], viewer: Any) -> Comparison:
    """The first MOST of the products at these addresses that the viewer may see."""
    products = known_by_slugs(slugs[: MOST * 2], viewer)[:MOST]
    known = {}
    for category in {one.category_id: one.category for one in products}.values():
        known.update({row.slug: row for row in attribute_values.attributes_of(category)})
    rows = sorted(known.values(), key=lambda row: (row.position, row.slug))
    lines = [
        Line(row.shown_name, [attribute_values.shown(row, one.attributes.get(row.slug)) for one in products])
        for row in rows
    ]
    lines.append(Line(_("Kind"), [one.get_kind_display() for one in products]))
    lines.append(Line(_("Choices"), [_choices(one) for one in products]))
    lines.append(Line(_("Days to return"), [_number(one.return_days) for one in products]))
    lines.append(Line(_("Months of warranty"), [_number(one.warranty_months) for one in products]))
    mark_reply_times(one.vendor for one in products)
    return Comparison(products, [line for line in lines if line.told])


def _number(number: int) -> str:
    return str(number) if number else NOTHING


def _choices(product: Product) -> str:
    told = [f"{option['name']}: {', '.join(option['values'])}" for option in product.options]
    return " · ".join(told) or NOTHING
