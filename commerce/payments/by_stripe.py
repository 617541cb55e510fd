"""Stripe, by its official SDK, which is imported when it is first needed: it costs a process some 20 MB.

    stripe              the buyer pays on Stripe's own page (a Checkout Session), and may let Stripe keep the card there
    stripe:<kept>       a kept card is charged at once (a Payment Intent); the bank may send the buyer to a page of its own

Until the money moves, the reference of an attempt is the session's; then the intent's. Whatever message comes, the object
it is about is fetched anew, so that neither the order nor the age of messages matters.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commerce.payments import stripe_events
from commerce.payments.attempting import return_url
from commerce.payments.choosing import kept_of
from commerce.payments.errors import ProviderRefused
from commerce.payments.models import Attempt, AttemptState, KeptMethod, Refund
from commerce.payments.providers import Card, Outcome, Refunded, Told, Way
from commerce.payments.stripe_calls import Declined, call
from commerce.payments.stripe_words import card_of, failure_of, intent_says, refund_says, session_says, units

SESSION_LASTS = dt.timedelta(hours=1)
"""Stripe wants half an hour at least; when the purchase expires before, the session is expired by us."""
WHOLE = {"expand": ["payment_intent.payment_method"]}


class Stripe:
    """See the module."""

    name = "stripe"
    remote = True
    keeps_cards = True

    def ways(self) -> Sequence[Way]:
        return (
            Way("stripe", _("Card and more"), _("You pay on the page of Stripe, our payment service."), "credit-card"),
        )

    def authorise(self, attempt: Attempt, *, return_url: str, kept: KeptMethod | None) -> Outcome:
        if kept is None:
            return session_says(self._session(attempt, return_url))
        intent = self._intent(attempt, kept)
        said = {"return_url": return_url, "payment_method": kept.token, "expand": ["payment_method"]}
        try:
            intent = call("payment_intents.confirm", intent.id, said, key=f"{attempt.pk}:confirm")
        except Declined as declined:
            return Outcome(AttemptState.FAILED, reference=intent.id, failure=failure_of(declined.code))
        return intent_says(intent)

    def capture(self, attempt: Attempt, amount: int) -> Outcome:
        said = {"amount_to_capture": units(amount, attempt.currency)}
        return intent_says(
            call("payment_intents.capture", attempt.reference, said, key=f"{attempt.pk}:capture:{amount}")
        )

    def void(self, attempt: Attempt) -> Outcome:
        """What was asked for without an answer is asked for once more, under the same key: it is the same object."""
        reference = attempt.reference or self._begun_again(attempt)
        if not reference:
            return Outcome(AttemptState.VOIDED)
        if reference.startswith("cs_"):
            return self._ended("checkout.sessions.expire", reference, attempt)
        return self._ended("payment_intents.cancel", reference, attempt)

    def fetch(self, attempt: Attempt) -> Outcome | None:
        if not attempt.reference:
            return None
        return self._now(attempt.reference)

    def refund(self, refund: Refund) -> Refunded:
        if refund.reference:
            return refund_says(call("refunds.retrieve", refund.reference))
        said = {
            "payment_intent": refund.attempt.reference,
            "amount": units(refund.amount, refund.attempt.currency),
            "metadata": {"refund": str(refund.pk)},
        }
        return refund_says(call("refunds.create", said, key=f"{refund.pk}:{refund.round}"))

    def event(self, request: HttpRequest) -> list[Told]:
        return [stripe_events.read(request, now=self._now)]

    def keep(self, member: Any, *, return_url: str) -> str:
        said = {
            "mode": "setup",
            "currency": settings.CURRENCY.lower(),
            "client_reference_id": str(member.pk),
            "success_url": f"{return_url}?reference={{CHECKOUT_SESSION_ID}}",
            "cancel_url": return_url,
            "locale": _locale(member.language),
            **_customer(member.pk),
        }
        return call("checkout.sessions.create", said).url

    def kept(self, member: Any, reference: str) -> Card | None:
        if not reference.startswith("cs_"):
            return None
        session = call("checkout.sessions.retrieve", reference, {"expand": ["setup_intent.payment_method"]})
        return card_of(session.setup_intent) if session.client_reference_id == str(member.pk) else None

    def forget(self, kept: KeptMethod) -> None:
        try:
            call("payment_methods.detach", kept.token)
        except ProviderRefused:  # Stripe says no to what it does not keep
            return

    def _session(self, attempt: Attempt, back: str) -> Any:
        price = {
            "currency": attempt.currency.lower(),
            "unit_amount": units(attempt.amount, attempt.currency),
            "product_data": {"name": attempt.purchase.number},
        }
        said = {
            "mode": "payment",
            "client_reference_id": str(attempt.pk),
            "metadata": {"attempt": str(attempt.pk)},
            "line_items": [{"quantity": 1, "price_data": price}],
            "payment_intent_data": {
                "capture_method": "manual" if attempt.capture_later else "automatic",
                "metadata": {"attempt": str(attempt.pk), "by": "session"},
            },
            "saved_payment_method_options": {"payment_method_save": "enabled"},
            "success_url": back,
            "cancel_url": back,
            "expires_at": int((attempt.made_at + SESSION_LASTS).timestamp()),
            "locale": _locale(attempt.purchase.language),
            **_customer(attempt.purchase.member_id),
        }
        return call("checkout.sessions.create", said, key=str(attempt.pk))

    def _intent(self, attempt: Attempt, kept: KeptMethod) -> Any:
        said = {
            "amount": units(attempt.amount, attempt.currency),
            "currency": attempt.currency.lower(),
            "customer": kept.customer,
            "capture_method": "manual" if attempt.capture_later else "automatic",
            "automatic_payment_methods": {"enabled": True},
            "metadata": {"attempt": str(attempt.pk), "by": "card"},
        }
        return call("payment_intents.create", said, key=str(attempt.pk))

    def _begun_again(self, attempt: Attempt) -> str:
        """The key of what `authorise` made; empty if it was charged to a card that is kept no longer."""
        if ":" not in attempt.method:
            return self._session(attempt, return_url(attempt)).id
        kept = kept_of(attempt.method)
        return self._intent(attempt, kept).id if kept else ""

    def _ended(self, question: str, reference: str, attempt: Attempt) -> Outcome:
        try:
            call(question, reference)
        except ProviderRefused:  # it has ended already: paid, perhaps
            return self._now(reference)
        return Outcome(AttemptState.VOIDED, reference=reference)

    def _now(self, reference: str) -> Outcome:
        if reference.startswith("cs_"):
            return session_says(call("checkout.sessions.retrieve", reference, WHOLE))
        return intent_says(call("payment_intents.retrieve", reference, {"expand": ["payment_method"]}))


def _customer(member_id: Any) -> dict[str, Any]:
    """Stripe's customer for a member who keeps a card there; else Stripe makes one."""
    kept = KeptMethod.objects.filter(member=member_id, provider=Stripe.name).exclude(customer="").order_by("pk").first()
    return {"customer": kept.customer} if kept else {"customer_creation": "always"}


def _locale(language: str) -> str:
    return language if language in ("ko", "en") else "auto"
