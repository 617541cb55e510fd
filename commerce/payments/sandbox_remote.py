"""The sandbox as a server of its own, over HTTP: what SANDBOX_URL names. docs/guides/payments.md describes its interface.

It behaves as the sandbox in this process, and tells by itself what moves, in messages that it signs as Standard Webhooks:
`webhook-signature` is HMAC-SHA256 over id, time and body.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import requests
from django.conf import settings
from django.http import HttpRequest

from commerce.payments import conf
from commerce.payments.errors import ForgedEvent, MalformedEvent, ProviderRefused, ProviderUnreachable, known_failure
from commerce.payments.models import Attempt, KeptMethod, Refund
from commerce.payments.providers import Card, Outcome, Refunded, Told, Way, outside_transaction
from commerce.payments.sandbox import WAYS
from community.foundation import clock


class SandboxRemote:
    """See the module."""

    name = "sandbox"
    remote = True
    keeps_cards = True

    def ways(self) -> Sequence[Way]:
        return WAYS

    def authorise(self, attempt: Attempt, *, return_url: str, kept: KeptMethod | None) -> Outcome:
        asked = {
            "amount": attempt.amount,
            "currency": attempt.currency,
            "method": attempt.method.partition(":")[0] if kept else attempt.method,
            "card": kept.token if kept else None,
            "capture": not attempt.capture_later,
            "return_url": return_url,
        }
        return _outcome(_call("PUT", f"attempts/{attempt.pk}", asked))

    def capture(self, attempt: Attempt, amount: int) -> Outcome:
        return _outcome(_call("POST", f"attempts/{attempt.pk}/capture", {"amount": amount}))

    def void(self, attempt: Attempt) -> Outcome:
        return _outcome(_call("POST", f"attempts/{attempt.pk}/void", {"amount": attempt.amount}))

    def fetch(self, attempt: Attempt) -> Outcome | None:
        found = _call("GET", f"attempts/{attempt.pk}", missing=True)
        return None if found is None else _outcome(found)

    def refund(self, refund: Refund) -> Refunded:
        asked = {"attempt": str(refund.attempt_id), "amount": refund.amount}
        return _refunded(_call("PUT", f"refunds/{refund.pk}.{refund.round}", asked))

    def event(self, request: HttpRequest) -> list[Told]:
        body = signed_body(request)
        try:
            return [self._told(json.loads(body))]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise MalformedEvent from error

    def _told(self, told: dict[str, Any]) -> Told:
        about, at = told.get("attempt"), told.get("data") or {}
        if told.get("refund"):
            key = UUID(told["refund"].partition(".")[0])
            return Told(told["id"], told["kind"], refund_id=key, refunded=_refunded(at), facts=_facts(at))
        outcome = _outcome(at) if about else None
        return Told(told["id"], told["kind"], UUID(about) if about else None, outcome=outcome, facts=_facts(at))

    def keep(self, member: Any, *, return_url: str) -> str:
        return _call("POST", "cards", {"member": str(member.pk), "return_url": return_url})["action_url"]

    def kept(self, member: Any, reference: str) -> Card | None:
        found = _call("GET", f"cards/{reference}", missing=True) if reference.isalnum() else None
        if found is None or found["member"] != str(member.pk):
            return None
        return Card(found["token"], str(member.pk), found["brand"], found["last4"], found["expires"])

    def forget(self, kept: KeptMethod) -> None:
        _call("DELETE", f"cards/{kept.token}", missing=True)


def signed_body(request: HttpRequest) -> bytes:
    """The body of a message, once its signature and its time are checked. Raises ForgedEvent."""
    id, at = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    given = request.headers.get("webhook-signature", "").split()
    if not at.isascii() or not at.isdigit() or len(at) > 12:
        raise ForgedEvent
    right = signature(id, at, request.body)
    fresh = abs(clock.now().timestamp() - int(at)) <= conf.TOLERANCE.total_seconds()
    if not fresh or not any(hmac.compare_digest(one.encode(), right.encode()) for one in given):
        raise ForgedEvent
    return request.body


def signature(id: str, at: str, body: bytes) -> str:
    """What the server puts into `webhook-signature`."""
    words = f"{id}.{at}.".encode() + body
    made = hmac.new(settings.SANDBOX_SECRET.encode(), words, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def _call(method: str, path: str, body: dict[str, Any] | None = None, *, missing: bool = False) -> Any:
    """One question. Raises ProviderUnreachable for anything but a clear answer, ProviderRefused for a clear no;
    None for what it does not know, if that is `missing`."""
    outside_transaction()
    address = f"{settings.SANDBOX_URL.rstrip('/')}/{path}"
    secret = {"Authorization": f"Bearer {settings.SANDBOX_SECRET}"}
    try:
        answer = requests.request(
            method, address, json=body, headers=secret, timeout=conf.PATIENCE, allow_redirects=False
        )
        found = answer.json() if answer.content else {}
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnreachable from error
    if answer.status_code == 404 and missing:
        return None
    if answer.status_code >= 500 or answer.status_code == 429:
        raise ProviderUnreachable
    if answer.status_code >= 400:
        raise ProviderRefused(str(found.get("code", answer.status_code)))
    return found


def _outcome(at: dict[str, Any]) -> Outcome:
    failure = at.get("failure") or ""
    return Outcome(
        at["state"],
        reference=at.get("reference") or "",
        action_url=at.get("action_url") or "",
        failure=known_failure(failure) if failure else "",
        amount=at.get("amount"),
        currency=at.get("currency") or "",
        sequence=at.get("sequence"),
    )


def _refunded(at: dict[str, Any]) -> Refunded:
    return Refunded(at["state"], at.get("reference") or "", at.get("failure") or "")


def _facts(at: dict[str, Any]) -> dict[str, Any]:
    return {name: at[name] for name in ("state", "sequence", "amount", "currency", "failure") if at.get(name)}
