"""What this app shows on a vendor's page: what it sells."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.history import mark_falls
from commerce.catalog.models import Product
from commerce.catalog.reading import with_faces
from commerce.vendors import panels
from commerce.vendors.models import Vendor

MOST = 12
"""Fills whole rows of two, three and four."""


def register() -> None:
    panels.register(panels.Panel(name="products", order=5, build=on_sale))


def on_sale(vendor: Vendor, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What came on sale last; the shop, narrowed to this vendor, shows the rest."""
    rows = list(with_faces(Product.objects.on_sale().filter(vendor=vendor)).order_by("-listed_at", "-id")[:MOST])
    mark_falls(rows)
    return ("commerce/catalog/vendor/_goods.html", {"products": rows}) if rows else None
