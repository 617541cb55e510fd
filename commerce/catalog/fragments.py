"""What this app puts into the frame of every page and onto the front page."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.history import mark_falls
from commerce.catalog.models import Product
from commerce.catalog.reading import with_faces
from community.foundation import fragments

ON_THE_FRONT = 6


def fill() -> None:
    fragments.dress("css/commerce/catalog.css")
    fragments.fill("top", "commerce/catalog/frame/_top.html", _nothing, order=10)
    fragments.fill("rail", "commerce/catalog/frame/_rail.html", _nothing, order=5)
    fragments.fill("front", "commerce/catalog/frame/_front.html", new_in_the_shop, order=60)


def _nothing(request: HttpRequest, about: object) -> dict[str, Any]:
    return {}


def new_in_the_shop(request: HttpRequest, about: object) -> dict[str, Any] | None:
    """What came on sale last; nothing while nothing is sold."""
    rows = list(with_faces(Product.objects.on_sale()).order_by("-listed_at", "-id")[:ON_THE_FRONT])
    mark_falls(rows)
    return {"products": rows} if rows else None
