"""What this app tells the registries of the lower ones."""

from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from commerce import locks
from commerce.catalog import registering
from commerce.orders import telling
from commerce.orders.models import OrderLine, OrderState
from community.foundation import counters, fragments
from community.members import erasure

SOLD = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.CLOSED)
BY_LAW = _("what was bought and paid is kept for five years, by law")


def register_all() -> None:
    """Called when the app is ready."""
    locks.register("purchase", "commerce_orders.Purchase")
    locks.register("order", "commerce_orders.Order")
    registering.register_buyers("orders", has_bought)
    telling.register_all()
    counters.register("commerce_catalog.Product", "sold_count", _times_sold())
    fragments.fill("member-menu", "commerce/orders/_menu.html", lambda request, about: {}, order=35)
    erasure.keep("commerce_orders.Purchase.member", why=BY_LAW)
    erasure.keep("commerce_orders.OrderEvent.by", why=BY_LAW)


def has_bought(member: Any, product_id: UUID) -> bool:
    """Whether a paid order of the member has the product, in whatever number is left of it."""
    rows = OrderLine.objects.filter(product=product_id, order__purchase__member=member)
    return rows.filter(order__state__in=SOLD, quantity__gt=F("cancelled") + F("returned")).exists()


def _times_sold() -> Subquery:
    """Of a row of Product: the units of it in orders that stand."""
    lines = OrderLine.objects.filter(product=OuterRef("pk"), order__state__in=SOLD).order_by()
    sums = lines.values("product").annotate(units=Sum(F("quantity") - F("cancelled")))
    return Subquery(sums.values("units"))
