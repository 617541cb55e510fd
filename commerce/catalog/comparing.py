"""Up to four products side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commerce.catalog import attributes as attribute_values
from commerce.catalog.models import Product
from commerce.catalog.reading import known_by_slugs

MOST = 4


@dataclass(frozen=True)
class Line:
    """One row of the table: what is compared, and the value of each product in words; `differs` if not all the same."""

    name: str
    values: list[str]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class Comparison:
    products: list[Product]
    lines: list[Line]


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
    lines.append(Line(_("Days to return"), [str(one.return_days) for one in products]))
    lines.append(Line(_("Months of warranty"), [str(one.warranty_months) for one in products]))
    return Comparison(products, lines)


def _choices(product: Product) -> str:
    told = [f"{option['name']}: {', '.join(option['values'])}" for option in product.options]
    return " · ".join(told) or "–"
