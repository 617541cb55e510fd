"""The buyer is content, or has said nothing for a week: the purchase is confirmed (2.25), and later the order closed."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from commerce.orders import arriving
from commerce.orders.conf import AT_ONCE, CONFIRMED_AFTER, PRESUMED_DELIVERED_AFTER
from commerce.orders.fetching import order_for_buyer
from commerce.orders.models import Axis, Fulfilment, Order, OrderState, SettlementState
from commerce.orders.registering import finished
from commerce.orders.stepping import step, step_all
from community.foundation import clock


@transaction.atomic
def confirm_purchase(*, by: Any, order_id: uuid.UUID) -> Order:
    """The buyer has it and keeps it, as far as they know. What was on its way has arrived then.

    Raises NotThere, NotYourOrder, IllegalStep.
    """
    order, moment = order_for_buyer(by=by, order_id=order_id), clock.now()
    if order.fulfilment == Fulfilment.SHIPPED:
        arriving.arrived([order], at=moment, by=by)
    step(order, Axis.FULFILMENT, "purchase_confirmed", by=by, confirmed_at=moment)
    return order


def presume_delivered() -> int:
    """Orders that were sent long ago and of which nobody said anything have arrived."""
    rows = Order.objects.filter(fulfilment=Fulfilment.SHIPPED, shipped_at__lte=clock.now() - PRESUMED_DELIVERED_AFTER)
    return _by_batches(rows, lambda orders: arriving.arrived(orders, at=clock.now(), reason="presumed"))


def confirm_due() -> int:
    """Orders that arrived eight days ago are confirmed, unless a return of them is under way."""
    rows = Order.objects.filter(
        finished(), fulfilment=Fulfilment.DELIVERED, delivered_at__lte=clock.now() - CONFIRMED_AFTER
    )
    moment = clock.now()

    def confirm(orders: Sequence[Order]) -> None:
        step_all(orders, Axis.FULFILMENT, "purchase_confirmed", reason="automatic", confirmed_at=moment)

    return _by_batches(rows, confirm)


def release_due() -> int:
    """The money of what can no longer come back is free for settlement, unless a return is under way."""
    rows = Order.objects.filter(finished(), settlement=SettlementState.HELD, returnable_until__lte=clock.now())
    return _by_batches(rows, lambda orders: step_all(orders, Axis.SETTLEMENT, "released"))


def close_due() -> int:
    """Confirmed by the buyer, and cannot come back: nothing is left to do."""
    rows = Order.objects.filter(finished(), state=OrderState.CONFIRMED, fulfilment=Fulfilment.PURCHASE_CONFIRMED)
    moment = clock.now()
    over = rows.filter(returnable_until__lte=moment)
    return _by_batches(over, lambda orders: step_all(orders, Axis.ORDER, "closed", closed_at=moment))


def _by_batches(rows: QuerySet[Order], act: Callable[[Sequence[Order]], Any]) -> int:
    """Let `act` have the rows some at a time, locked; several jobs at once skip each other's."""
    total = 0
    while True:
        with transaction.atomic():
            chosen = list(rows.order_by("pk").select_for_update(no_key=True, skip_locked=True, of=("self",))[:AT_ONCE])
            if not chosen:
                return total
            act(chosen)
            total += len(chosen)
