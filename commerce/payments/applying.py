"""The one act by which an attempt moves, whoever brings the news: the answer to our question, the buyer's browser, the
provider's own message, the job that asks (rule 2.4).

Locks in this order: the purchase, its orders, the attempt. The message is written in the same transaction, unique by
provider and event; what comes again, or is older than what is known, changes nothing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from commerce import locks
from commerce.orders.models import Order, OrderState, PaymentState, Purchase
from commerce.payments import registering
from commerce.payments.models import Attempt, AttemptState, EventOutcome, ProviderEvent
from commerce.payments.moving import judged, move
from commerce.payments.providers import Outcome
from community.foundation.problems import NotThere

OPEN = (PaymentState.NONE, PaymentState.PENDING, PaymentState.AUTHORISED)
"""States of a purchase in which a payment is still wanted."""
REPEATED = "repeated"
MOVED = (
    "state", "reference", "action_url", "failure", "sequence", "authorised", "captured", "ended_at",
)  # fmt: skip


@dataclass(frozen=True)
class Applied:
    """The attempt as it is now, and what became of the news: one of EventOutcome, or REPEATED."""

    attempt: Attempt
    became: str

    @property
    def moved(self) -> bool:
        return self.became == EventOutcome.APPLIED


@transaction.atomic
def apply_event(
    *, attempt_id: UUID, outcome: Outcome, event_id: str, provider: str, kind: str = "", payload: Any = None
) -> Applied:
    """Move an attempt to what its provider says of it, once an event.

    Then what `registering` knows is called, in this transaction: captured, late_capture, authorised or failed. Raises
    NotThere when no attempt of this provider has the key, Busy, and whatever the callbacks raise.
    """
    purchase, orders, attempt = _locked(attempt_id, provider)
    if ProviderEvent.objects.filter(provider=provider, event_id=event_id).exists():
        return Applied(attempt, REPEATED)
    became = judged(attempt, outcome)
    if became == EventOutcome.APPLIED and _anothers(attempt, outcome):
        became = EventOutcome.MISMATCH
    note(attempt, event_id=event_id, kind=kind, became=became, facts=payload or outcome.facts)
    if became == EventOutcome.APPLIED:
        before = attempt.state
        move(attempt, outcome)
        attempt.save(update_fields=MOVED)
        if attempt.state != before:
            tell(purchase, orders, attempt)
    return Applied(attempt, became)


def apply_answer(*, attempt: Attempt, outcome: Outcome, kind: str) -> Applied:
    """As `apply_event`, for the answer to a question of ours, which has no event of its own: each different answer is
    written once, one that says nothing new is not."""
    key = f"{kind}:{attempt.pk}:{outcome.state}:{outcome.reference}:{outcome.amount or ''}"[:160]
    if judged(attempt, outcome) == EventOutcome.UNCHANGED:
        return Applied(attempt, EventOutcome.UNCHANGED)
    return apply_event(attempt_id=attempt.pk, outcome=outcome, event_id=key, provider=attempt.provider, kind=kind)


def tell(purchase: Purchase, orders: list[Order], attempt: Attempt) -> None:
    """Let the higher apps do their part of a move."""
    if attempt.state == AttemptState.AUTHORISED:
        registering.tell("authorised", purchase, attempt)
    elif attempt.state == AttemptState.CAPTURED:
        over = purchase.payment not in OPEN or any(order.state == OrderState.EXPIRED for order in orders)
        registering.tell("late_capture" if over else "captured", purchase, attempt)
    else:
        registering.tell("failed", purchase, attempt)


def note(attempt: Attempt, *, event_id: str, kind: str, became: str, facts: Any) -> ProviderEvent:
    """Write down what was told of an attempt."""
    return ProviderEvent.objects.create(
        provider=attempt.provider, event_id=event_id, kind=kind[:60], attempt=attempt, payload=facts, outcome=became
    )


def _locked(attempt_id: UUID, provider: str) -> tuple[Purchase, list[Order], Attempt]:
    purchase_id = Attempt.objects.filter(pk=attempt_id, provider=provider).values_list("purchase", flat=True).first()
    if purchase_id is None:
        raise NotThere
    purchase = locks.take_one("purchase", purchase_id)
    ids = list(Order.objects.filter(purchase=purchase).values_list("pk", flat=True))
    orders = list(locks.take("order", ids).values())
    return purchase, orders, locks.take_one("attempt", attempt_id)


def _anothers(attempt: Attempt, outcome: Outcome) -> bool:
    """Whether the provider's reference belongs to another attempt: then one of the two is wrong."""
    if outcome.reference in ("", attempt.reference):
        return False
    rows = Attempt.objects.filter(provider=attempt.provider, reference=outcome.reference)
    return rows.exclude(pk=attempt.pk).exists()


def note_once(**fields: Any) -> bool:
    """Write down a message that moves no attempt; false if it was told before."""
    try:
        with transaction.atomic():
            ProviderEvent.objects.create(**fields)
    except IntegrityError:
        return False
    return True


def alarm(attempt: Attempt, *, kind: str, why: str) -> None:
    """Let operators see that a provider refuses what it should do."""
    event_id = f"{kind}:{attempt.pk}:{why}"[:160]
    note_once(
        provider=attempt.provider,
        event_id=event_id,
        kind=kind[:60],
        attempt=attempt,
        payload={"refused": why},
        outcome=EventOutcome.ALARM,
    )
