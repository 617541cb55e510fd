"""The schema in force for a product: its latest version."""

from collections.abc import Iterable
from uuid import UUID

from commerce.catalog.models import Product
from commerce.specifications.models import Schema


def current_schema(product: Product) -> Schema | None:
    """The latest version; None for what is not made to order."""
    return Schema.objects.filter(product=product).order_by("-version").first()


def current_schemas(product_ids: Iterable[UUID]) -> dict[UUID, Schema]:
    """The latest version by product, in one query; products without one are left out."""
    rows = Schema.objects.filter(product__in=set(product_ids)).order_by("product", "-version").distinct("product")
    return {schema.product_id: schema for schema in rows}
