"""Stripe's messages: their signature, and what each is about. What they say is not believed but fetched anew."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from commerce.payments.errors import ForgedEvent
from commerce.payments.moving import MONEY
from commerce.payments.providers import Outcome, Told
from commerce.payments.stripe_calls import call, sdk
from commerce.payments.stripe_words import card_of, refund_says

Now = Callable[[str], Outcome]
TO_LOOK_AT = ("charge.dispute.created", "charge.dispute.closed", "radar.early_fraud_warning.created")


def read(request: HttpRequest, *, now: Now) -> Told:
    """The message in a request; `now` fetches the outcome of a session or an intent. Raises ForgedEvent."""
    event = _checked(request)
    about = event.data.object
    told: dict[str, Any] = {"event_id": event.id, "kind": event.type, "facts": _facts(about)}
    if event.type.startswith("checkout.session."):
        return _session(about, told, now)
    if event.type.startswith("payment_intent."):
        return _intent(about, told, now)
    if event.type.startswith("refund.") or event.type == "charge.refund.updated":
        return _refund(about, told)
    if event.type in TO_LOOK_AT:
        return Told(**told, reference=getattr(about, "payment_intent", None) or "", alarm=True)
    return Told(**told)


def _checked(request: HttpRequest) -> Any:
    stripe, signature = sdk(), request.headers.get("stripe-signature", "")
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise ForgedEvent
    try:
        return stripe.Webhook.construct_event(request.body, signature, settings.STRIPE_WEBHOOK_SECRET)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise ForgedEvent from error


def _session(session: Any, told: dict[str, Any], now: Now) -> Told:
    if session.mode != "setup":
        return Told(**told, attempt_id=_key(session, "attempt"), outcome=now(session.id))
    whole = call("checkout.sessions.retrieve", session.id, {"expand": ["setup_intent.payment_method"]})
    card = card_of(whole.setup_intent)
    return Told(**told, member_id=_uuid(whole.client_reference_id), card=card)


def _intent(intent: Any, told: dict[str, Any], now: Now) -> Told:
    """An intent of a session says something only when the money moves: before, the buyer may try again there."""
    attempt_id = _key(intent, "attempt")
    if attempt_id is None:
        return Told(**told)
    outcome = now(intent.id)
    by_session = getattr(intent.metadata, "by", "") == "session"
    waits = by_session and outcome.state not in MONEY
    return Told(**told, attempt_id=attempt_id, outcome=None if waits else outcome)


def _refund(refund: Any, told: dict[str, Any]) -> Told:
    """One that we did not ask for was made at Stripe's dashboard: a person has to look at it."""
    key = _key(refund, "refund")
    if key is None:
        return Told(**told, reference=getattr(refund, "payment_intent", None) or "", alarm=True)
    return Told(**told, refund_id=key, refunded=refund_says(call("refunds.retrieve", refund.id)))


def _key(about: Any, name: str) -> UUID | None:
    return _uuid(getattr(about.metadata, name, None)) if getattr(about, "metadata", None) else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _facts(about: Any) -> dict[str, Any]:
    """Keys, states and amounts; no word of who paid."""
    names = ("id", "object", "status", "payment_status", "amount", "amount_total", "currency", "reason")
    return {name: value for name in names if isinstance(value := getattr(about, name, None), str | int)}
