"""The axes of purchases and orders, each a table of what may happen from where (rule 2.4). Everything else is illegal.

Payment is an axis of the purchase, the others of each order; a return is a row of its own with the axis RETURN. An event
is named by what has happened once it is through: `order.placed` is what the outbox is told. Where a guard is named, it
must hold too; guards read the row alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models import Axis, Fulfilment, OrderState, PaymentState, SettlementState
from community.foundation import clock

Guard = Callable[[Any], bool]


@dataclass(frozen=True)
class Rule:
    """From `before`, `event` leads to `after`, if `guard` holds."""

    before: str
    event: str
    after: str
    guard: Guard | None = None


NOT_SENT = (
    Fulfilment.WAITING,
    Fulfilment.PROOFING,
    Fulfilment.APPROVED,
    Fulfilment.IN_PRODUCTION,
    Fulfilment.READY,
)
"""Nothing has left as a whole: the order can still be called off."""
THERE = (Fulfilment.DELIVERED, Fulfilment.PURCHASE_CONFIRMED)


def costs_nothing(purchase: Any) -> bool:
    """All of it is paid in points, so that no provider is asked."""
    return purchase.total == 0


def all_went_back(purchase: Any) -> bool:
    return purchase.refunded == purchase.total and purchase.points_returned == purchase.points


def some_went_back(purchase: Any) -> bool:
    return not all_went_back(purchase)


def nothing_sent(order: Any) -> bool:
    return order.fulfilment in NOT_SENT


def is_accepted(order: Any) -> bool:
    return order.state == OrderState.CONFIRMED


def goes_without_parcel(order: Any) -> bool:
    """Picked up at the store, or nothing but files."""
    return is_accepted(order) and order.method_kind != "parcel"


def goes_by_parcel(order: Any) -> bool:
    return is_accepted(order) and order.method_kind == "parcel"


def is_picked_up(order: Any) -> bool:
    return is_accepted(order) and order.method_kind == "pickup"


def arrived(order: Any) -> bool:
    return order.fulfilment in THERE


def cannot_come_back(order: Any) -> bool:
    return order.returnable_until is not None and order.returnable_until <= clock.now()


P, O, F, S = PaymentState, OrderState, Fulfilment, SettlementState  # noqa: E741  (columns of the tables below)

PAYMENT = (
    Rule(P.NONE, "begun", P.PENDING),
    Rule(P.NONE, "captured", P.CAPTURED, costs_nothing),
    Rule(P.NONE, "voided", P.VOIDED),
    Rule(P.PENDING, "authorised", P.AUTHORISED),
    Rule(P.PENDING, "captured", P.CAPTURED),
    Rule(P.PENDING, "failed", P.FAILED),
    Rule(P.PENDING, "voided", P.VOIDED),
    Rule(P.AUTHORISED, "captured", P.CAPTURED),
    Rule(P.AUTHORISED, "failed", P.FAILED),
    Rule(P.AUTHORISED, "voided", P.VOIDED),
    Rule(P.FAILED, "captured", P.CAPTURED),  # the provider told late that it was paid after all (rule 2.3)
    Rule(P.VOIDED, "captured", P.CAPTURED),
    Rule(P.CAPTURED, "partly_refunded", P.PARTIALLY_REFUNDED, some_went_back),
    Rule(P.CAPTURED, "refunded", P.REFUNDED, all_went_back),
    Rule(P.PARTIALLY_REFUNDED, "partly_refunded", P.PARTIALLY_REFUNDED, some_went_back),
    Rule(P.PARTIALLY_REFUNDED, "refunded", P.REFUNDED, all_went_back),
    Rule(P.CAPTURED, "disputed", P.DISPUTED),
    Rule(P.PARTIALLY_REFUNDED, "disputed", P.DISPUTED),
    Rule(P.DISPUTED, "won", P.WON),
    Rule(P.DISPUTED, "lost", P.LOST),
    Rule(P.WON, "partly_refunded", P.PARTIALLY_REFUNDED, some_went_back),
    Rule(P.WON, "refunded", P.REFUNDED, all_went_back),
)
ORDER = (
    Rule(O.DRAFT, "placed", O.PLACED),
    Rule(O.DRAFT, "expired", O.EXPIRED),
    Rule(O.EXPIRED, "placed", O.PLACED),  # paid late, and everything was still there
    Rule(O.PLACED, "confirmed", O.CONFIRMED),
    Rule(O.PLACED, "partly_cancelled", O.PLACED, nothing_sent),
    Rule(O.PLACED, "cancelled", O.CANCELLED, nothing_sent),
    Rule(O.CONFIRMED, "partly_cancelled", O.CONFIRMED, nothing_sent),
    Rule(O.CONFIRMED, "cancelled", O.CANCELLED, nothing_sent),
    Rule(O.CONFIRMED, "closed", O.CLOSED, arrived),
)
FULFILMENT = (
    Rule(F.WAITING, "proof_sent", F.PROOFING, is_accepted),
    Rule(F.PROOFING, "proof_sent", F.PROOFING, is_accepted),
    Rule(F.PROOFING, "proof_approved", F.APPROVED, is_accepted),
    Rule(F.PROOFING, "proof_declined", F.PROOFING, is_accepted),
    Rule(F.WAITING, "production_begun", F.IN_PRODUCTION, is_accepted),
    Rule(F.APPROVED, "production_begun", F.IN_PRODUCTION, is_accepted),
    *(
        Rule(before, event, after, guard)
        for before in (F.WAITING, F.APPROVED, F.IN_PRODUCTION)
        for event, after, guard in (
            ("partly_shipped", before, goes_by_parcel),
            ("shipped", F.SHIPPED, goes_by_parcel),
            ("made_ready", F.READY, is_picked_up),
            ("delivered", F.DELIVERED, goes_without_parcel),
        )
    ),
    Rule(F.READY, "delivered", F.DELIVERED, is_picked_up),
    Rule(F.SHIPPED, "delivered", F.DELIVERED),
    Rule(F.DELIVERED, "purchase_confirmed", F.PURCHASE_CONFIRMED),
)
RETURN = (
    Rule("requested", "accepted", "accepted"),
    Rule("requested", "rejected", "rejected"),
    Rule("requested", "withdrawn", "withdrawn"),
    Rule("accepted", "received", "received"),
    Rule("accepted", "withdrawn", "withdrawn"),  # by the buyer, or by time: it never came
    Rule("received", "refunded", "refunded"),
    Rule("received", "replaced", "replaced"),
)
SETTLEMENT = (
    Rule(S.ACCRUED, "held", S.HELD, arrived),
    Rule(S.HELD, "released", S.AVAILABLE, cannot_come_back),
    Rule(S.AVAILABLE, "batched", S.BATCHED),
    Rule(S.BATCHED, "unbatched", S.AVAILABLE),
    Rule(S.BATCHED, "paid_out", S.PAID),
    *(Rule(before, "reversed", S.REVERSED) for before in (S.ACCRUED, S.HELD, S.AVAILABLE, S.BATCHED)),
)
TABLES: Mapping[str, tuple[Rule, ...]] = {
    Axis.PAYMENT: PAYMENT,
    Axis.ORDER: ORDER,
    Axis.FULFILMENT: FULFILMENT,
    Axis.RETURN: RETURN,
    Axis.SETTLEMENT: SETTLEMENT,
}
COLUMNS = {Axis.PAYMENT: "payment", Axis.ORDER: "state", Axis.FULFILMENT: "fulfilment", Axis.SETTLEMENT: "settlement"}
"""The column of the purchase or the order that an axis moves."""

DOING = {
    "begun": _("begin to pay"),
    "authorised": _("authorise the payment"),
    "captured": _("pay"),
    "failed": pgettext_lazy("of a payment", "let it fail"),
    "voided": pgettext_lazy("of a payment", "give it up"),
    "partly_refunded": _("refund a part"),
    "refunded": _("refund all"),
    "disputed": _("dispute the payment"),
    "won": _("win the dispute"),
    "lost": _("lose the dispute"),
    "placed": _("pay"),
    "expired": _("let the time to pay run out"),
    "confirmed": _("accept the order"),
    "partly_cancelled": _("cancel a part"),
    "cancelled": _("cancel the order"),
    "closed": _("close the order"),
    "proof_sent": _("send a proof"),
    "proof_approved": _("approve the proof"),
    "proof_declined": _("ask for changes to the proof"),
    "production_begun": _("begin to make it"),
    "made_ready": _("lay it ready at the store"),
    "partly_shipped": _("send a part"),
    "shipped": _("send all"),
    "delivered": _("hand it over or note that it arrived"),
    "purchase_confirmed": _("confirm the purchase"),
    "accepted": _("accept the return"),
    "rejected": _("turn the return down"),
    "received": _("note that it came back"),
    "withdrawn": _("keep it after all"),
    "replaced": _("send something in its place"),
    "held": _("hold the money until it cannot come back"),
    "released": _("free the money for settlement"),
    "batched": _("put it on a statement"),
    "unbatched": _("take it off the statement"),
    "paid_out": _("pay it out"),
    "reversed": _("take it out of settlement"),
}
"""Every event as something one can do, for refusals that say what is possible."""


def rules_from(axis: str, state: str) -> list[Rule]:
    """What may happen on an axis from a state, guards aside."""
    return [rule for rule in TABLES[axis] if rule.before == state]


def find(axis: str, state: str, event: str, row: Any) -> Rule | None:
    """The rule by which `event` may happen to a row that stands at `state`; None where it is illegal."""
    return next((rule for rule in rules_from(axis, state) if rule.event == event and holds(rule, row)), None)


def holds(rule: Rule, row: Any) -> bool:
    return rule.guard is None or rule.guard(row)


def possible(axis: str, row: Any) -> list[str]:
    """The events that may happen to a purchase or an order on one of its axes now."""
    return [rule.event for rule in rules_from(axis, getattr(row, COLUMNS[Axis(axis)])) if holds(rule, row)]
