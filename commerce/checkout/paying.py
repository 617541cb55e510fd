"""Buy what is in the cart: begin, then ask the provider with nothing locked, then say how it stands (2.30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commerce.checkout.choosing import Choice
from commerce.checkout.errors import PaymentDeclined
from commerce.checkout.starting import UNPAID, start
from commerce.orders.models import Order, Purchase
from commerce.payments import asking
from commerce.payments.errors import sentence_for
from commerce.payments.models import Attempt, AttemptState


@dataclass(frozen=True)
class Paid:
    """How a purchase stands: `paid`, `pending` (the provider will tell) or `action_required` (the buyer goes on at
    `action_url`)."""

    purchase: Purchase
    orders: Sequence[Order]
    status: str
    action_url: str | None = None


def check_out(*, member: Any, choice: Choice, claim: UUID | None = None) -> Paid:
    """Buy the cart; outside any transaction, since a provider may be asked over the network. Of one claim there is one
    purchase, whoever repeats it. Raises PaymentDeclined (nothing is held any more) and what `start` raises."""
    purchase = start(member=member, choice=choice, claim=claim)
    if purchase.payment not in UNPAID:
        return standing(purchase, None)
    attempt = purchase.attempts.order_by("made_at", "pk").last()
    if attempt is not None and attempt.state == AttemptState.PENDING and not attempt.action_url:
        attempt = asking.authorise(attempt.pk).attempt
        purchase.refresh_from_db()
    return standing(purchase, attempt)


def standing(purchase: Purchase, attempt: Attempt | None) -> Paid:
    """How it stands now. Raises PaymentDeclined for one that came to nothing."""
    orders = list(purchase.orders.select_related("vendor").order_by("number"))
    if purchase.payment not in UNPAID:
        if purchase.paid_at is None:
            raise PaymentDeclined(sentence_for(attempt.failure) if attempt is not None and attempt.failure else None)
        return Paid(purchase, orders, "paid")
    if attempt is not None and attempt.action_url:
        return Paid(purchase, orders, "action_required", attempt.action_url)
    return Paid(purchase, orders, "pending")
