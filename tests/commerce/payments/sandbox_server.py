"""The sandbox as a server of its own (docs/guides/payments.md): declines, a question to the buyer, delays, lost answers;
its messages wait in `messages` until a test delivers them: once, twice, in another order, or never."""

import base64
import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from tests.commerce.payments.http import Answer, Server

SECRET = "whsec-of-the-sandbox"
ENDED = ("captured", "failed", "voided")


@dataclass
class Message:
    """A message as it is sent: body and headers."""

    body: bytes
    headers: dict[str, str]


@dataclass
class Payment:
    id: str
    amount: int
    currency: str
    capture: bool
    return_url: str
    state: str = "pending"
    failure: str = ""
    paid: int = 0
    back: int = 0
    sequence: int = 0
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)


class SandboxServer(Server):
    """Holds what it was asked; nothing is done twice for one key."""

    def __init__(self) -> None:
        self.payments: dict[str, Payment] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        self.refuse_refunds = False
        self.messages: list[Message] = []
        self._number = itertools.count(1)
        super().__init__()

    # What the buyer does on its page, and what it does by itself

    def consent(self, id: str, yes: bool) -> None:
        payment = self.payments[id]
        if payment.state == "action_required":
            self._move(payment, self._paid_state(payment) if yes else "failed", "" if yes else "authentication_failed")

    def pay(self, id: str) -> None:
        """What was slow arrives."""
        self._move(self.payments[id], self._paid_state(self.payments[id]))

    def bounce(self, refund_key: str) -> None:
        """A refund that was done comes back."""
        payment, refund = next(
            (one, one.refunds[refund_key]) for one in self.payments.values() if refund_key in one.refunds
        )
        payment.back -= refund["amount"]
        refund.update(state="failed", failure="account_closed")
        self._tell("refund.failed", refund=refund_key, data=refund)

    # The interface

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = path.strip("/").split("/")
        if parts[0] == "pay":
            return self._page(method, parts[1], body)
        if headers.get("authorization") != f"Bearer {SECRET}":
            return 401, {"code": "unauthorised"}
        said = json.loads(body) if body else {}
        return getattr(self, f"_{method.lower()}_{parts[0]}")(*parts[1:], said)

    def _put_attempts(self, id: str, said: dict[str, Any]) -> Answer:
        if id in self.payments:
            return 200, self._says(self.payments[id])
        payment = Payment(id, said["amount"], said["currency"], said["capture"], said["return_url"])
        self.payments[id] = payment
        card = self.cards.get(said.get("card") or "")
        does = card["does"] if card else said["method"]
        states = {"sandbox": self._paid_state(payment), "sandbox-declined": "failed", "sandbox-3ds": "action_required"}
        self._move(payment, states.get(does, "pending"), "declined" if does == "sandbox-declined" else "")
        return 200, self._says(payment)

    def _get_attempts(self, id: str, said: dict[str, Any]) -> Answer:
        return (200, self._says(self.payments[id])) if id in self.payments else (404, {"code": "unknown"})

    def _post_attempts(self, id: str, act: str, said: dict[str, Any]) -> Answer:
        payment = self.payments.setdefault(id, Payment(id, said["amount"], "KRW", True, ""))
        if act == "void" and payment.state not in ENDED:
            self._move(payment, "voided")
        if act == "capture" and payment.state != "captured":
            if payment.state != "authorised" or said["amount"] > payment.amount:
                return 409, {"code": "not_authorised"}
            payment.paid = said["amount"]
            self._move(payment, "captured")
        return 200, self._says(payment)

    def _put_refunds(self, key: str, said: dict[str, Any]) -> Answer:
        payment = self.payments[said["attempt"]]
        if key not in payment.refunds:
            if self.refuse_refunds or payment.back + said["amount"] > payment.paid:
                return 409, {"code": "refund_refused"}
            payment.back += said["amount"]
            payment.refunds[key] = {"state": "done", "reference": f"re{uuid4().hex}", "amount": said["amount"]}
            self._tell("refund.done", refund=key, data=payment.refunds[key])
        return 200, payment.refunds[key]

    def _post_cards(self, said: dict[str, Any]) -> Answer:
        key = uuid4().hex
        self.cards[key] = {
            "member": said["member"], "token": key, "brand": "Sandbox", "last4": "4242", "expires": "12/2030", "does": "sandbox",
        }  # fmt: skip
        return 201, {"action_url": f"{said['return_url']}?reference={key}"}

    def _get_cards(self, key: str, said: dict[str, Any]) -> Answer:
        return (200, self.cards[key]) if key in self.cards else (404, {"code": "unknown"})

    def _delete_cards(self, key: str, said: dict[str, Any]) -> Answer:
        return (200, {}) if self.cards.pop(key, None) else (404, {"code": "unknown"})

    def _page(self, method: str, id: str, body: bytes) -> Answer:
        payment = self.payments[id]
        if method == "GET":
            return (
                200,
                f'<form method="post"><p>{payment.amount}</p><button name="answer" value="yes">Yes</button></form>',
            )
        self.consent(id, parse_qs(body.decode())["answer"] == ["yes"])
        return 303, payment.return_url

    def _paid_state(self, payment: Payment) -> str:
        return "captured" if payment.capture else "authorised"

    def _move(self, payment: Payment, state: str, failure: str = "") -> None:
        payment.sequence += 1
        payment.state, payment.failure = state, failure
        if state == "captured":
            payment.paid = payment.paid or payment.amount
        self._tell(f"attempt.{state}", attempt=payment.id, data=self._says(payment))

    def _says(self, payment: Payment) -> dict[str, Any]:
        money = {"captured": payment.paid, "authorised": payment.amount}.get(payment.state)
        return {
            "state": payment.state,
            "reference": f"sb{payment.id.replace('-', '')}",
            "action_url": f"{self.url}/pay/{payment.id}" if payment.state == "action_required" else "",
            "failure": payment.failure,
            "amount": money,
            "currency": payment.currency,
            "sequence": payment.sequence,
        }

    def _tell(self, kind: str, **about: Any) -> None:
        self.messages.append(message({"id": f"evt-{next(self._number)}-{uuid4().hex[:8]}", "kind": kind, **about}))


def message(said: dict[str, Any], *, secret: str = SECRET, at: float | None = None) -> Message:
    """A signed message."""
    body, time_of = json.dumps(said).encode(), str(int(at if at is not None else time.time()))
    words = f"{said['id']}.{time_of}.".encode() + body
    signed = base64.b64encode(hmac.new(secret.encode(), words, hashlib.sha256).digest()).decode()
    headers = {"webhook-id": said["id"], "webhook-timestamp": time_of, "webhook-signature": f"v1,{signed}"}
    return Message(body, headers)
