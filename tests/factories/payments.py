"""Purchases to be paid, attempts and refunds for tests."""

import datetime as dt
import itertools
from typing import Any
from uuid import uuid4

from django.db import transaction

from commerce.orders.models import PaymentState, Purchase
from commerce.payments import attempting, refunding
from commerce.payments.applying import Applied, apply_event
from commerce.payments.models import Attempt, AttemptState, KeptMethod, Refund
from commerce.payments.providers import Outcome
from community.foundation import clock
from tests.factories.members import a_member

_number = itertools.count(1)


def a_purchase_to_pay(member: Any = None, *, total: int = 12_000, minutes: float = 15, **fields: Any) -> Purchase:
    """A bare purchase of so much, without orders, whose payment has begun: what payments need of one."""
    fields.setdefault("payment", PaymentState.PENDING)
    return Purchase.objects.create(
        number=f"261128-P{next(_number):05}",
        member=member or a_member(),
        currency="KRW",
        amount=total,
        total=total,
        expires_at=clock.now() + dt.timedelta(minutes=minutes),
        **fields,
    )


@transaction.atomic
def an_attempt(purchase: Purchase | None = None, method: str = "sandbox-slow", **fields: Any) -> Attempt:
    """An attempt that has begun; the slow way stays pending."""
    later = fields.pop("capture_later", False)
    return attempting.begin(purchase=purchase or a_purchase_to_pay(**fields), method=method, capture_later=later)


def a_paid_attempt(**fields: Any) -> Attempt:
    """Captured in full, at once."""
    return an_attempt(method="sandbox", **fields)


@transaction.atomic
def a_refund(attempt: Attempt | None = None, amount: int = 5_000, **fields: Any) -> Refund:
    """Asked for, not sent yet."""
    fields.setdefault("key", f"refund-{next(_number)}")
    return refunding.ask(attempt=attempt or a_paid_attempt(), amount=amount, **fields)


def a_kept_card(member: Any, *, last4: str = "4242", provider: str = "sandbox", **fields: Any) -> KeptMethod:
    """A card that the provider keeps for the member."""
    fields.setdefault("token", f"card_{uuid4().hex}")
    fields.setdefault("brand", "Sandbox")
    return KeptMethod.objects.create(member=member, provider=provider, last4=last4, **fields)


def news(attempt: Attempt, state: str = AttemptState.CAPTURED, **fields: Any) -> Outcome:
    """What the provider says of an attempt: the whole amount, unless a test says otherwise."""
    if state in (AttemptState.CAPTURED, AttemptState.AUTHORISED):
        fields.setdefault("amount", attempt.amount)
        fields.setdefault("currency", attempt.currency)
    return Outcome(state, **fields)


def tell(attempt: Attempt, state: str = AttemptState.CAPTURED, *, event_id: str = "", **fields: Any) -> Applied:
    """Apply an event about an attempt."""
    return apply_event(
        attempt_id=attempt.pk,
        outcome=news(attempt, state, **fields),
        event_id=event_id or f"event-{next(_number)}",
        provider=attempt.provider,
        kind="test",
    )


def aged(attempt: Attempt, **how_long: float) -> Attempt:
    """As if it had begun so long ago."""
    Attempt.objects.filter(pk=attempt.pk).update(made_at=clock.now() - dt.timedelta(**how_long))
    attempt.refresh_from_db()
    return attempt
