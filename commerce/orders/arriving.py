"""An order is there: from now on it can be returned for a while, and its money is held for as long."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Max

from commerce.orders.conf import LEAST_RETURN_DAYS
from commerce.orders.models import Axis, LineKind, Order, OrderLine, Parcel
from commerce.orders.stepping import step_all


def arrived(orders: Sequence[Order], *, at: dt.datetime, by: Any = None, reason: str = "") -> None:
    """Note that locked orders arrived, all that was not cancelled of them. Raises IllegalStep."""
    items = OrderLine.objects.filter(order__in=orders, kind=LineKind.ITEM)
    days = dict(items.values_list("order").annotate(days=Max("return_days")))
    by_days: dict[int, list[Order]] = {}
    for order in orders:
        by_days.setdefault(max(days.get(order.pk) or 0, LEAST_RETURN_DAYS), []).append(order)
    for length, rows in by_days.items():
        until = at + dt.timedelta(days=length)
        columns: dict[str, Any] = {"delivered_at": at, "returnable_until": until}
        step_all(rows, Axis.FULFILMENT, "delivered", by=by, reason=reason, **columns)
        step_all(rows, Axis.SETTLEMENT, "held", by=by)
    OrderLine.objects.filter(order__in=orders).update(shipped=F("quantity") - F("cancelled"))
    Parcel.objects.filter(order__in=orders, delivered_at=None).update(delivered_at=at)
