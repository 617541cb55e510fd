"""What buyers and vendors' staff are told of orders: the kinds of notices, and what notices point at."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Order
from commerce.orders.wording import summary
from community.foundation import targets
from community.notifications import kinds
from community.notifications.models.wishes import Channel

LETTER = frozenset({Channel.PAGE, Channel.LETTER})
PAGE = frozenset({Channel.PAGE, Channel.DIGEST})

NOTICES = (
    kinds.NoticeKind(
        name="order_paid",
        title=_("Your orders: paid and passed on"),
        one=_("Thank you: “%(title)s” is paid, and the vendors have your order."),
        icon="circle-check",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_sent",
        title=_("Your orders: sent"),
        one=_("“%(title)s” is on its way to you."),
        icon="truck",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_ready",
        title=_("Your orders: ready at the store"),
        one=_("“%(title)s” lies ready for you at the store. Show the pick-up code that stands with the order."),
        icon="store",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_proof",
        title=_("Your orders: a proof to approve"),
        one=_("Look at the proof of “%(title)s” and say whether it may be made like this."),
        icon="eye",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_arrived",
        title=_("Your orders: arrived"),
        one=_("“%(title)s” arrived. Is everything as it should be? Then confirm the purchase."),
        icon="house",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_cancelled",
        title=_("Your orders: cancelled by the vendor"),
        one=_("The vendor cancelled “%(title)s”, or a part of it. The order says why; what you paid for it goes back."),
        icon="circle-x",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_new",
        title=_("New orders"),
        one=_("A new order: “%(title)s”. Accept it and prepare it"),
        group=kinds.Group.TEAM,
        icon="package",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_called_off",
        title=_("Orders that buyers cancel"),
        one=_("The buyer cancelled “%(title)s”, or a part of it: do not send it"),
        group=kinds.Group.TEAM,
        icon="circle-x",
        defaults=LETTER,
    ),
    kinds.NoticeKind(
        name="order_proof_answered",
        title=_("Answers to proofs"),
        one=_("The buyer answered to the proof of “%(title)s”"),
        group=kinds.Group.TEAM,
        icon="message-square",
        defaults=LETTER,
    ),
)


def title_of(row: Any) -> str:
    """An order or a purchase as a notice names it."""
    return f"{summary(row)} ({row.number})" if row.headline else str(row.number)


def at_the_desk(order: Order) -> str:
    return reverse("desk:commerce_orders_order_change", args=[order.pk])


def register_all() -> None:
    """Called when the app is ready."""
    for model, name, url in (
        ("Order", "order", Order.get_absolute_url),
        ("Order", "order_to_deliver", at_the_desk),
        ("Purchase", "purchase", lambda purchase: purchase.get_absolute_url()),
    ):
        targets.register(targets.Kind(name=name, model=f"commerce_orders.{model}", title=title_of, url=url))
    for kind in NOTICES:
        kinds.register(kind)
