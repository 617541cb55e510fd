"""The vendor takes an order in hand."""

import uuid
from typing import Any

from django.db import transaction

from commerce.orders.fetching import order_for_staff
from commerce.orders.models import Axis, Order, OrderState
from commerce.orders.stepping import step


@transaction.atomic
def confirm(*, by: Any, order_id: uuid.UUID) -> Order:
    """Accept an order: from now on the buyer can no longer cancel it alone. Raises NotThere, NotYourOrder, IllegalStep."""
    order = order_for_staff(by=by, order_id=order_id)
    step(order, Axis.ORDER, "confirmed", by=by)
    return order


@transaction.atomic
def begin_making(*, by: Any, order_id: uuid.UUID) -> Order:
    """What is made to order is being made. Raises as `confirm`."""
    order = order_for_staff(by=by, order_id=order_id)
    accept(order, by=by)
    step(order, Axis.FULFILMENT, "production_begun", by=by)
    return order


@transaction.atomic
def make_ready(*, by: Any, order_id: uuid.UUID) -> Order:
    """It lies at the counter: the buyer is told to come with the code. Raises as `confirm`."""
    order = order_for_staff(by=by, order_id=order_id)
    accept(order, by=by)
    step(order, Axis.FULFILMENT, "made_ready", by=by)
    return order


def accept(order: Order, *, by: Any) -> None:
    """Who does something with a placed order has accepted it. The order is locked."""
    if order.state == OrderState.PLACED:
        step(order, Axis.ORDER, "confirmed", by=by)
