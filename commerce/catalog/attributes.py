"""The attributes that products of a category have: its own, and those of the categories above it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commerce.catalog.errors import WrongAttribute
from commerce.catalog.models import Attribute, AttributeKind
from community.subjects.models import Category

LARGEST = 10**9
NOTHING = "–"


def attributes_of(category: Category) -> list[Attribute]:
    """In the order in which forms and filters show them; the nearer category wins where two share an address."""
    parts = category.path.strip("/").split("/")
    paths = ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
    rows = Attribute.objects.filter(category__path__in=paths).select_related("category")
    nearest = {row.slug: row for row in sorted(rows, key=lambda row: len(row.category.path))}
    return sorted(nearest.values(), key=lambda row: (row.position, row.slug))


def checked(category: Category, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a product of this category may have; empty ones are left out. Raises WrongAttribute."""
    known = {row.slug: row for row in attributes_of(category)}
    found: dict[str, Any] = {}
    for slug, value in values.items():
        if value in (None, ""):
            continue
        if slug not in known:
            raise WrongAttribute(field="attributes")
        found[slug] = _checked(known[slug], value)
    return found


def _checked(attribute: Attribute, value: Any) -> Any:
    if attribute.kind == AttributeKind.YES_NO and isinstance(value, bool):
        return value
    if attribute.kind == AttributeKind.CHOICE and value in attribute.choices:
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if attribute.kind == AttributeKind.NUMBER and number and abs(value) <= LARGEST:
        return value
    raise WrongAttribute(field="attributes")


def shown(attribute: Attribute, value: Any) -> str:
    """A value in words: "350 ml", "yes"; a dash where there is none."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value} {attribute.unit}".strip() if attribute.kind == AttributeKind.NUMBER else str(value)


def facts_of(category: Category, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, value in words) of what is told of a product, in the order in which forms and filters show it."""
    rows = attributes_of(category) if values else []
    return [(row.shown_name, shown(row, values[row.slug])) for row in rows if row.slug in values]
