"""What Stripe's objects say, in our words. Nothing here asks anything."""

from typing import Any

from commerce.payments.errors import known_failure
from commerce.payments.models import AttemptState, RefundState
from commerce.payments.providers import ACTION_REQUIRED, Card, Outcome, Refunded

HUNDREDTHS = frozenset({"ISK", "UGX"})
"""Currencies without decimals of which Stripe counts hundredths all the same."""
_FAILURES = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired_card",
    "authentication_required": "authentication_failed",
    "payment_intent_authentication_failure": "authentication_failed",
}
_REFUNDS = {"succeeded": RefundState.DONE, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}


def units(amount: int, currency: str) -> int:
    """Our smallest units as Stripe counts."""
    return amount * 100 if currency.upper() in HUNDREDTHS else amount


def amount_of(units: int, currency: str) -> int:
    """Stripe's count in our smallest units; what is no whole unit of ours fits nothing."""
    if currency.upper() not in HUNDREDTHS:
        return units
    return units // 100 if units % 100 == 0 else -1


def failure_of(code: str | None) -> str:
    """Stripe's word for a decline in one of ours."""
    return known_failure(_FAILURES.get(code or "", "declined"))


def intent_says(intent: Any) -> Outcome:
    """A Payment Intent, its payment method expanded."""
    state, currency = intent.status, intent.currency.upper()
    if state == "succeeded":
        return _money(AttemptState.CAPTURED, intent, intent.amount_received, currency)
    if state == "requires_capture":
        return _money(AttemptState.AUTHORISED, intent, intent.amount_capturable, currency)
    if state == "canceled":
        return Outcome(AttemptState.VOIDED, reference=intent.id)
    if state == "requires_action":
        redirect = getattr(intent.next_action, "redirect_to_url", None)
        return Outcome(ACTION_REQUIRED, reference=intent.id, action_url=redirect.url if redirect else "")
    error = getattr(intent, "last_payment_error", None)
    if state == "requires_payment_method" and error:
        code = getattr(error, "decline_code", None) or getattr(error, "code", None)
        return Outcome(AttemptState.FAILED, reference=intent.id, failure=failure_of(code))
    return Outcome(AttemptState.PENDING, reference=intent.id)


def session_says(session: Any) -> Outcome:
    """A Checkout Session. While it is open the buyer may try one card after the other: only its end decides."""
    intent = session.payment_intent
    if getattr(intent, "status", None) in ("succeeded", "requires_capture"):
        return intent_says(intent)
    if session.status == "open":
        return Outcome(ACTION_REQUIRED, reference=session.id, action_url=session.url)
    if session.status == "expired":
        return Outcome(AttemptState.FAILED, reference=session.id, failure="expired")
    if getattr(intent, "status", None) in ("canceled", "requires_payment_method"):
        return intent_says(intent)
    return Outcome(AttemptState.PENDING, reference=session.id)


def refund_says(refund: Any) -> Refunded:
    state = _REFUNDS.get(refund.status, RefundState.PENDING)
    return Refunded(state, reference=refund.id, failure=getattr(refund, "failure_reason", None) or "")


def card_of(holder: Any) -> Card | None:
    """The card of an intent (to pay or to set up), its payment method expanded; None without one."""
    method: Any = getattr(holder, "payment_method", None)
    customer = getattr(method, "customer", None)
    if not customer:
        return None
    card = getattr(method, "card", None)
    if card is None:
        return Card(method.id, str(customer), brand=str(method.type).title())
    expires = f"{card.exp_month:02}/{card.exp_year}"
    return Card(method.id, str(customer), str(card.brand).title(), card.last4, expires)


def _money(state: str, intent: Any, told: int, currency: str) -> Outcome:
    amount = amount_of(told, currency)
    return Outcome(state, reference=intent.id, amount=amount, currency=currency, kept=_kept(intent))


def _kept(intent: Any) -> Card | None:
    """The card that the buyer let Stripe keep while paying on its page."""
    by = getattr(intent.metadata, "by", "")
    wanted = getattr(getattr(intent, "payment_method", None), "allow_redisplay", "")
    return card_of(intent) if by == "session" and wanted == "always" else None
