"""The steps that an imported order has behind it, by the tables of `orders.machines`."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from commerce.imports.copying import copy_rows
from commerce.orders.conf import CONFIRMED_AFTER
from commerce.orders.models import Axis, Fulfilment, Order, OrderEvent, OrderState, PaymentState, SettlementState
from community.foundation.ids import uuid7

REASON = "imported"
NAMES = ("id", "purchase_id", "order_id", "axis", "event", "before", "after", "reason", "reference", "at")
Step = tuple[str, str, str, str]
P, O, F, S = PaymentState, OrderState, Fulfilment, SettlementState  # noqa: E741  (as in orders.machines)

PAID: tuple[Step, ...] = (
    (Axis.PAYMENT, "begun", P.NONE, P.PENDING),
    (Axis.PAYMENT, "captured", P.PENDING, P.CAPTURED),
)
FREE: tuple[Step, ...] = ((Axis.PAYMENT, "captured", P.NONE, P.CAPTURED),)
ARRIVED: tuple[Step, ...] = (
    (Axis.ORDER, "placed", O.DRAFT, O.PLACED),
    (Axis.ORDER, "confirmed", O.PLACED, O.CONFIRMED),
    (Axis.FULFILMENT, "shipped", F.WAITING, F.SHIPPED),
    (Axis.FULFILMENT, "delivered", F.SHIPPED, F.DELIVERED),
    (Axis.SETTLEMENT, "held", S.ACCRUED, S.HELD),
)
KEPT: tuple[Step, ...] = ((Axis.FULFILMENT, "purchase_confirmed", F.DELIVERED, F.PURCHASE_CONFIRMED),)
DONE: tuple[Step, ...] = (
    (Axis.SETTLEMENT, "released", S.HELD, S.AVAILABLE),
    (Axis.SETTLEMENT, "batched", S.AVAILABLE, S.BATCHED),
    (Axis.SETTLEMENT, "paid_out", S.BATCHED, S.PAID),
    (Axis.ORDER, "closed", O.CONFIRMED, O.CLOSED),
)
CAME_BACK: tuple[Step, ...] = (
    (Axis.RETURN, "accepted", "requested", "accepted"),
    (Axis.RETURN, "received", "accepted", "received"),
    (Axis.RETURN, "refunded", "received", "refunded"),
)


def days_of(at: dt.datetime, *, return_days: int, now: dt.datetime) -> dict[str, dt.datetime]:
    """When an order sold at `at` went through its steps, had it been sold here: it was there the same day, as an invoice is
    written when the goods leave, and the rest followed by this site's times. Nothing lies ahead."""
    confirmed = min(at + CONFIRMED_AFTER, now)
    returnable = min(at + dt.timedelta(days=return_days), now)
    return {
        "placed_at": at,
        "shipped_at": at,
        "delivered_at": at,
        "confirmed_at": confirmed,
        "returnable_until": returnable,
        "closed_at": max(confirmed, returnable),
    }


def write_sales(orders: list[Order]) -> None:
    """Write the whole history of new orders."""
    copy_rows(OrderEvent, NAMES, (row for order in orders for row in _of_sale(order)))


def write_returns(steps: list[tuple[Order, Step, uuid.UUID, dt.datetime]]) -> None:
    """Write steps that returns took: (order, step, the imported invoice, when)."""
    copy_rows(OrderEvent, NAMES, (_row(order, step, at, credit) for order, step, credit, at in steps))


def _of_sale(order: Order) -> Iterator[tuple[Any, ...]]:
    for steps, at in (
        (PAID if order.total else FREE, order.placed_at),
        (ARRIVED, order.placed_at),
        (KEPT, order.confirmed_at),
        (DONE, order.closed_at),
    ):
        yield from (_row(order, step, at) for step in steps)


def _row(order: Order, step: Step, at: Any, credit: uuid.UUID | None = None) -> tuple[Any, ...]:
    axis, event, before, after = step
    whole = axis == Axis.PAYMENT  # a step of the purchase, not of one order
    of = None if whole else order.pk
    return uuid7(), order.purchase_id, of, str(axis), event, str(before), str(after), REASON, credit, at
