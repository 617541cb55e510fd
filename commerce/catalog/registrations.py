"""What this app tells the registries of the community."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product, ProductState
from community.foundation import counters, targets
from community.search import sources


def register_all() -> None:
    targets.register(
        targets.Kind(
            name="product",
            model="commerce_catalog.Product",
            title=lambda product: product.title,
            url=lambda product: product.get_absolute_url(),
            text=lambda product: product.source,
        )
    )
    sources.register(_products())
    listed = Product.objects.filter(state=ProductState.LISTED, vendor=OuterRef("pk")).order_by().values("vendor")
    number = Subquery(listed.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    counters.register("commerce_vendors.Vendor", "product_count", number)


def _products() -> sources.Source:
    return sources.Source(
        kind="product",
        title_of_kind=_("Products"),
        rows=lambda member: Product.objects.on_sale(),
        joined=lambda rows: rows.select_related("vendor", "category"),
        title=lambda product: product.title,
        text=lambda product: product.summary or product.source,
        url=lambda product: product.get_absolute_url(),
        meta=_meta,
        filters={"by": lambda slug: Q(vendor__slug=slug.lower())},
        since="listed_at",
        better=("-sold_count", "-id"),
    )


def _meta(product: Product) -> dict[str, Any]:
    return {"category": product.category, "vendor": product.vendor, "price": product.price}
