"""What this app tells the registries of the lower ones."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from commerce import locks
from commerce.catalog import registering
from commerce.orders.models import OrderLine, OrderState
from community.foundation import fragments
from community.members import erasure

BY_LAW = _("what was bought and paid is kept for five years, by law")


def register_all() -> None:
    """Called when the app is ready."""
    locks.register("purchase", "commerce_orders.Purchase")
    locks.register("order", "commerce_orders.Order")
    registering.register_buyers("orders", has_bought)
    fragments.fill("member-menu", "commerce/orders/_menu.html", lambda request, about: {}, order=35)
    erasure.keep("commerce_orders.Purchase.member", why=BY_LAW)
    erasure.keep("commerce_orders.OrderEvent.by", why=BY_LAW)


def has_bought(member: Any, product_id: UUID) -> bool:
    """Whether a paid order of the member has the product, in whatever number is left of it."""
    rows = OrderLine.objects.filter(product=product_id, order__purchase__member=member)
    states = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.CLOSED)
    return rows.filter(order__state__in=states, quantity__gt=F("cancelled") + F("returned")).exists()
