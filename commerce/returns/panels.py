"""What the pages of an order say of returns."""

from typing import Any

from django.http import HttpRequest

from commerce.orders.models import Order
from commerce.returns.models import OPEN, Return
from commerce.returns.reading import of_order, returnable_of
from commerce.returns.wording import standing

Shown = tuple[str, dict[str, Any]] | None


def ask(order: Order, request: HttpRequest) -> Shown:
    """The way to give something back, to who bought it, while something can come back."""
    if order.purchase.member_id != request.user.pk or not returnable_of(order):
        return None
    return "commerce/returns/order/_ask.html", {"order": order}


def returns(order: Order, request: HttpRequest) -> Shown:
    """The returns of the order, and where each stands."""
    if order.delivered_at is None:
        return None
    rows = [(row, standing(row)) for row in of_order(order.pk, request.user)]
    return ("commerce/returns/order/_returns.html", {"rows": rows}) if rows else None


def at_desk(order: Order, request: HttpRequest) -> Shown:
    """The same at the vendor's desk, with the ways to act."""
    rows = list(Return.objects.of_vendor(order.vendor).filter(order=order).order_by("-requested_at", "-pk"))
    return "commerce/returns/desk/_order.html", {"order": order, "rows": rows, "open": OPEN}
