"""Call off what has not left: the buyer while nobody has accepted it, the vendor until it is sent.

Counts and axes change here; whoever registered with `registering.on_cancel` gives money, points and stock back, in the
same transaction.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from commerce import locks
from commerce.orders.choosing import chosen, unsent
from commerce.orders.errors import BeingPrepared, IllegalStep, NotYourOrder, ReasonNeeded
from commerce.orders.fetching import locked, seen_order, works_for
from commerce.orders.machines import NOT_SENT
from commerce.orders.models import Axis, LineKind, Order, OrderLine, OrderState
from commerce.orders.registering import GivenBack, tell_cancelled
from commerce.orders.stepping import refusal, step
from community.foundation import clock


@transaction.atomic
def cancel_lines(
    *, by: Any, order_id: uuid.UUID, reason: str = "", lines: Mapping[uuid.UUID, int] | None = None
) -> Order:
    """Cancel these units (all that have not left, where none are named); with the last of them goes the whole order and its
    delivery. The vendor says why.

    Raises NotThere, NotYourOrder, BeingPrepared (409), IllegalStep (409), ReasonNeeded, UnknownLine, TooManyUnits,
    NothingChosen; and what those who give money back raise.
    """
    seen = seen_order(by=by, order_id=order_id)
    locks.take_one("purchase", seen.purchase_id)
    order = locked(order_id)
    reason = reason.strip()
    _require_right(by, order, is_buyer=seen.purchase.member_id == by.pk, reason=reason)
    rows = list(order.lines.prefetch_related("allocations"))
    goods = [line for line in rows if line.kind == LineKind.ITEM]
    if order.state not in (OrderState.PLACED, OrderState.CONFIRMED) or order.fulfilment not in NOT_SENT:
        raise IllegalStep(refusal(Axis.ORDER, order))
    units = chosen(goods, lines, unsent)
    nothing_left = sum(units.values()) == sum(unsent(line) for line in goods)
    whole = nothing_left and not any(line.shipped for line in goods)
    if whole:
        units |= {line: unsent(line) for line in rows if line.kind == LineKind.DELIVERY and unsent(line)}
    given = [GivenBack(line, count, line.cancelled + line.returned) for line, count in units.items()]
    for one in given:
        OrderLine.objects.filter(pk=one.line.pk).update(cancelled=F("cancelled") + one.count)
        one.line.cancelled += one.count
    _step(order, by=by, reason=reason, whole=whole, rest_is_sent=nothing_left and not whole)
    tell_cancelled(order=order, units=given, by=by, reason=reason)
    return order


def _step(order: Order, *, by: Any, reason: str, whole: bool, rest_is_sent: bool) -> None:
    if whole:
        step(order, Axis.ORDER, "cancelled", by=by, reason=reason, closed_at=clock.now())
        step(order, Axis.SETTLEMENT, "reversed", by=by)
        return
    step(order, Axis.ORDER, "partly_cancelled", by=by, reason=reason)
    if rest_is_sent:
        step(order, Axis.FULFILMENT, "shipped", by=by, shipped_at=clock.now())


def _require_right(by: Any, order: Order, *, is_buyer: bool, reason: str) -> None:
    """The buyer while it is only placed; those who act for the vendor as long as it is there, and say why."""
    if is_buyer and order.state != OrderState.CONFIRMED:
        return
    if works_for(by, order.vendor_id):
        if not reason:
            raise ReasonNeeded(field="reason")
        return
    raise BeingPrepared if is_buyer else NotYourOrder
