"""What happened to an order, step by step, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.orders.models import Axis, Order, OrderEvent

HAPPENED: dict[tuple[str, str], tuple[Any, str]] = {
    (Axis.PAYMENT, "begun"): (gettext_lazy("Payment began"), "credit-card"),
    (Axis.PAYMENT, "authorised"): (gettext_lazy("Payment authorised"), "credit-card"),
    (Axis.PAYMENT, "captured"): (gettext_lazy("Paid"), "credit-card"),
    (Axis.PAYMENT, "failed"): (gettext_lazy("The payment failed"), "circle-x"),
    (Axis.PAYMENT, "voided"): (gettext_lazy("The payment was given up"), "circle-x"),
    (Axis.PAYMENT, "partly_refunded"): (gettext_lazy("A part was refunded"), "undo-2"),
    (Axis.PAYMENT, "refunded"): (gettext_lazy("All was refunded"), "undo-2"),
    (Axis.PAYMENT, "disputed"): (gettext_lazy("The payment was disputed"), "circle-alert"),
    (Axis.PAYMENT, "won"): (gettext_lazy("The dispute was turned down"), "scale"),
    (Axis.PAYMENT, "lost"): (gettext_lazy("The dispute was granted"), "scale"),
    (Axis.ORDER, "placed"): (gettext_lazy("The order went to the vendor"), "send"),
    (Axis.ORDER, "expired"): (gettext_lazy("Not paid in time"), "hourglass"),
    (Axis.ORDER, "confirmed"): (gettext_lazy("The vendor accepted the order"), "circle-check"),
    (Axis.ORDER, "partly_cancelled"): (gettext_lazy("A part was cancelled"), "circle-x"),
    (Axis.ORDER, "cancelled"): (gettext_lazy("The order was cancelled"), "circle-x"),
    (Axis.ORDER, "closed"): (gettext_lazy("Everything is done: the order was closed"), "lock"),
    (Axis.FULFILMENT, "proof_sent"): (gettext_lazy("The vendor sent a proof"), "eye"),
    (Axis.FULFILMENT, "proof_approved"): (gettext_lazy("The proof was approved"), "badge-check"),
    (Axis.FULFILMENT, "proof_declined"): (gettext_lazy("Changes to the proof were asked for"), "message-square"),
    (Axis.FULFILMENT, "production_begun"): (gettext_lazy("The vendor began to make it"), "wrench"),
    (Axis.FULFILMENT, "made_ready"): (gettext_lazy("It lay ready at the store"), "store"),
    (Axis.FULFILMENT, "partly_shipped"): (gettext_lazy("A part was sent"), "truck"),
    (Axis.FULFILMENT, "shipped"): (gettext_lazy("Everything was sent"), "truck"),
    (Axis.FULFILMENT, "delivered"): (gettext_lazy("It arrived"), "house"),
    (Axis.FULFILMENT, "purchase_confirmed"): (gettext_lazy("The purchase was confirmed"), "badge-check"),
    (Axis.RETURN, "requested"): (gettext_lazy("The buyer wants to send something back"), "undo-2"),
    (Axis.RETURN, "withdrawn"): (gettext_lazy("Nothing comes back after all"), "circle-x"),
    (Axis.RETURN, "accepted"): (gettext_lazy("The return was accepted"), "undo-2"),
    (Axis.RETURN, "rejected"): (gettext_lazy("The return was turned down"), "circle-x"),
    (Axis.RETURN, "received"): (gettext_lazy("What was sent back has arrived"), "package"),
    (Axis.RETURN, "refunded"): (gettext_lazy("What was sent back was refunded"), "undo-2"),
    (Axis.RETURN, "replaced"): (gettext_lazy("Something was sent in its place"), "package"),
    (Axis.SETTLEMENT, "held"): (gettext_lazy("The money is held until nothing can come back"), "wallet"),
    (Axis.SETTLEMENT, "released"): (gettext_lazy("The money can be settled"), "wallet"),
    (Axis.SETTLEMENT, "batched"): (gettext_lazy("Put on a statement"), "file-text"),
    (Axis.SETTLEMENT, "unbatched"): (gettext_lazy("Taken off the statement"), "file-text"),
    (Axis.SETTLEMENT, "paid_out"): (gettext_lazy("Paid out to the vendor"), "wallet"),
    (Axis.SETTLEMENT, "reversed"): (gettext_lazy("Taken out of settlement"), "wallet"),
}
REASONS = {
    "automatic": gettext_lazy("by itself, eight days after it arrived"),
    "presumed": gettext_lazy("presumed: two weeks after it was sent nobody had said otherwise"),
    "unanswered": gettext_lazy("by itself, since the vendor did not answer in time"),
    "lapsed": gettext_lazy("by itself, since nothing arrived in time"),
    "automatic_refund": gettext_lazy("by itself, when its time had come"),
    "payment_declined": gettext_lazy("the payment was declined"),
    "abandoned": gettext_lazy("it was not paid in time"),
    "imported": gettext_lazy("taken over from where the vendor sold before"),
}
"""Reasons that programs give; people give theirs in their own words."""
VENDORS_OWN = (Axis.SETTLEMENT,)
"""What is between the vendor and the site."""


@dataclass(frozen=True)
class Happened:
    """One step as it is told: `by` names who did it to the one who reads, empty where nobody did."""

    at: dt.datetime
    words: str
    icon: str
    by: str
    reason: str


def told(order: Order, viewer: Any, *, to_vendor: bool = False) -> list[Happened]:
    """The history of an order and of the payment of its purchase, newest first. Who works for the vendor reads
    its own part too, and names of its staff; the buyer reads the vendor's name for whoever did it. Two queries."""
    rows = OrderEvent.objects.filter(purchase=order.purchase_id).select_related("by").order_by("-at", "-pk")
    mine = [one for one in rows if one.order_id in (None, order.pk)]
    return [_told(one, order, viewer, to_vendor) for one in mine if to_vendor or one.axis not in VENDORS_OWN]


def words_of(one: OrderEvent) -> tuple[str, str]:
    """What a step says, and its icon."""
    words, icon = HAPPENED.get((one.axis, one.event), (one.get_axis_display(), "info"))
    return str(words), icon


def reason_of(one: OrderEvent) -> str:
    return str(REASONS.get(one.reason, one.reason))


def _told(one: OrderEvent, order: Order, viewer: Any, to_vendor: bool) -> Happened:
    words, icon = words_of(one)
    return Happened(one.at, words, icon, _who(one, order, viewer, to_vendor), reason_of(one))


def _who(one: OrderEvent, order: Order, viewer: Any, to_vendor: bool) -> str:
    if one.by is None:
        return ""
    if one.by_id == viewer.pk:
        return _("you")
    if one.by_id == order.purchase.member_id or to_vendor:
        return one.by.shown_name
    return order.vendor.name
