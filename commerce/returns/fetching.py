"""Find a return for somebody who wants to do something with it, and lock it after its order: one place that says who may."""

import uuid
from typing import Any

from commerce import locks
from commerce.orders.errors import NotYourOrder
from commerce.orders.fetching import locked as locked_order
from commerce.orders.fetching import works_for
from commerce.orders.models import Order
from commerce.returns.models import Return
from community.foundation.problems import NotThere


def for_staff(*, by: Any, return_id: uuid.UUID) -> tuple[Return, Order]:
    """The return and its order, locked, for those who work for the vendor, and for operators.

    Raises NotThere, NotYourOrder, Busy.
    """
    seen = seen_return(by=by, return_id=return_id)
    if not works_for(by, seen.order.vendor_id):
        raise NotYourOrder
    return locked(seen)


def for_buyer(*, by: Any, return_id: uuid.UUID) -> tuple[Return, Order]:
    """The same for who bought it alone. Raises NotThere, NotYourOrder, Busy."""
    seen = seen_return(by=by, return_id=return_id)
    if seen.order.purchase.member_id != by.pk:
        raise NotYourOrder
    return locked(seen)


def seen_return(*, by: Any, return_id: uuid.UUID) -> Return:
    """The return as `by` may see it, not locked. Raises NotThere."""
    rows = Return.objects.visible_to(by).select_related("order__purchase")
    found = rows.filter(pk=return_id).first()
    if found is None:
        raise NotThere
    return found


def locked(seen: Return) -> tuple[Return, Order]:
    """As both are under the lock."""
    order = locked_order(seen.order_id)
    row = locks.take_one("return", seen.pk)
    if row is None:
        raise NotThere
    row.order = order
    return row, order
