"""What a product's page says of stock: few left, and when what is made to order would be ready."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog.models import ProductKind
from commerce.stock import capacity, reading
from commerce.stock.conf import FEW
from commerce.stock.errors import FullyBooked

Shown = tuple[str, dict[str, Any]] | None


def left(page: Any, request: HttpRequest) -> Shown:
    """The number, where it is so small that one should know."""
    if page.chosen is None or page.product.kind == ProductKind.DIGITAL:
        return None
    number = reading.available_of(page.chosen.pk)
    return ("commerce/stock/product/_left.html", {"left": number}) if 0 < number <= FEW else None


def promised(page: Any, request: HttpRequest) -> Shown:
    """The day on which one piece would be ready."""
    if page.product.kind != ProductKind.MADE_TO_ORDER:
        return None
    try:
        ready = capacity.promise(page.product, 1)
    except FullyBooked:
        return "commerce/stock/product/_promise.html", {"ready": None}
    return ("commerce/stock/product/_promise.html", {"ready": ready}) if ready else None
