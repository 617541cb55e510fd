"""What the shelf adds to the page of an order: a way to say what one thinks of what arrived."""

from typing import Any

from django.http import HttpRequest

from commerce.orders.models import Order
from commerce.shelf import reading


def due_of_order(order: Order, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Of what is in it the buyer has said nothing yet. Nothing for others, or before it arrived."""
    if order.purchase.member_id != request.user.pk or order.delivered_at is None:
        return None
    page = reading.page_of(request.user, show=reading.DUE, order=order.number)
    return ("commerce/shelf/shelf/_due.html", {"due": page.items}) if page.items else None
