"""What a reader has specified so far on a product's page, and what it costs: for the panel, its fragment and its page."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict

from commerce.catalog.models import Product, Variant
from commerce.specifications.fitting import Fitted, fit_all
from commerce.specifications.forms import SpecificationForm
from commerce.specifications.models import Schema, Specification
from commerce.specifications.reading import current_schema
from commerce.specifications.showing import label_of

SHOWN_KEPT = 4


@dataclass(frozen=True)
class Part:
    """A line of the price: smallest units."""

    label: str
    price: int


@dataclass
class Asked:
    """The form of a product with what was entered, the variant it is for, and what the reader kept before."""

    product: Product
    schema: Schema
    variant: Variant | None
    form: SpecificationForm
    kept: list[Fitted] = field(default_factory=list)
    filled_by: Fitted | None = None

    @property
    def complete(self) -> bool:
        """Whether it can be made as it is entered."""
        return self.form.is_bound and self.form.is_valid()

    @property
    def parts(self) -> list[Part]:
        """What the price is made of: the variant, then each value that costs something."""
        labels = {row["key"]: label_of(row) for row in self.schema.fields}
        base = [Part(self.variant.label or self.product.title, self.variant.price)] if self.variant else []
        return [*base, *(Part(labels[key], price) for key, price in self._checked.parts.items())]

    @property
    def total(self) -> int:
        """The price of one piece as far as it is specified."""
        return sum(part.price for part in self.parts)

    @property
    def wanting(self) -> list[str]:
        """Labels of what must still be entered or does not fit."""
        return [str(self.form.fields[key].label) for key in self.form.errors if key in self.form.fields]

    @property
    def _checked(self) -> Any:
        self.form.is_valid()
        return self.form.checked


def asked(product: Product, variant: Variant | None, query: QueryDict, reader: Any) -> Asked | None:
    """What `query` says; else what the kept specification says that it names, or the reader's usual. None for what is
    not made to order."""
    schema = current_schema(product)
    if schema is None:
        return None
    kept = _kept(product, reader)
    filled_by = _chosen(kept, query.get("specification", ""))
    if any(name.startswith("spec-") for name in query):
        data: Any = query
        filled_by = None
    else:
        data = {f"spec-{key}": value for key, value in filled_by.checked.values.items()} if filled_by else None
    form = SpecificationForm(data, schema=schema, by=reader)
    return Asked(product, schema, variant, form, kept[:SHOWN_KEPT], filled_by)


def variant_of(product: Product, key: str) -> Variant | None:
    """The active variant of this id, else the first of the product."""
    active = list(product.variants.filter(active=True).order_by("position", "id")[:200])
    return next((one for one in active if str(one.pk) == key), active[0] if active else None)


def _kept(product: Product, reader: Any) -> list[Fitted]:
    rows = Specification.objects.visible_to(reader).filter(product=product).select_related("schema", "product")
    return fit_all(list(rows.order_by("-used_count", "-used_at")), by=reader) if reader.is_authenticated else []


def _chosen(kept: list[Fitted], key: str) -> Fitted | None:
    try:
        wanted = UUID(key) if key else None
    except ValueError:
        return None
    if wanted is None:
        return kept[0] if kept else None
    return next((one for one in kept if one.kept.pk == wanted), None)
