"""Find an order for somebody who wants to do something with it, and lock it: one place that says who may."""

import uuid
from typing import Any

from commerce import locks
from commerce.orders.errors import NotYourOrder
from commerce.orders.models import Order
from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere


def order_for_staff(*, by: Any, order_id: uuid.UUID) -> Order:
    """The order, locked, for those who work for its vendor, and for operators. Raises NotThere, NotYourOrder."""
    seen = seen_order(by=by, order_id=order_id)
    if not works_for(by, seen.vendor_id):
        raise NotYourOrder
    return locked(order_id)


def order_for_buyer(*, by: Any, order_id: uuid.UUID) -> Order:
    """The order, locked, for who bought it alone. Raises NotThere, NotYourOrder."""
    seen = seen_order(by=by, order_id=order_id)
    if seen.purchase.member_id != by.pk:
        raise NotYourOrder
    return locked(order_id)


def seen_order(*, by: Any, order_id: uuid.UUID) -> Order:
    """The order as `by` may see it, not locked. Raises NotThere."""
    order = Order.objects.visible_to(by).select_related("purchase").filter(pk=order_id).first()
    if order is None:
        raise NotThere
    return order


def locked(order_id: uuid.UUID) -> Order:
    order = locks.take_one("order", order_id)
    if order is None:
        raise NotThere
    return order


def works_for(member: Any, vendor_id: uuid.UUID) -> bool:
    """Whether a member may act for the vendor: its staff in whatever role, and operators."""
    return member.is_operator or Vendor.objects.staffed_by(member).filter(pk=vendor_id).exists()
