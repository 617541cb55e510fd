"""As much of Stripe's interface as the site uses, over HTTP: forms in, JSON out, idempotency keys, signed events.

Cards behave by their token: pm_ok, pm_declined, pm_poor, pm_asks.
"""

import hashlib
import hmac
import json
import re
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from tests.commerce.payments.http import Answer, Server
from tests.commerce.payments.sandbox_server import Message

SECRET, KEY = "whsec_of_stripe", "sk_test_of_the_site"
Stored = dict[str, Any]


class StripeServer(Server):
    """Keeps sessions, intents, refunds and cards by id."""

    def __init__(self) -> None:
        self.rows: dict[str, Stored] = {}
        self.by_key: dict[str, tuple[str, Answer]] = {}
        self.detached: list[str] = []
        self.messages: list[Message] = []
        self.refuse_refunds = self.refunds_wait = False
        super().__init__()

    # What the buyer does on Stripe's pages

    def pay(self, session_id: str, token: str = "pm_ok", *, save: bool = False) -> None:
        """The buyer gives a card on the page of a session; a declined one leaves the session open."""
        session = self.rows[session_id]
        if session["status"] != "open":
            return
        intent = self._intent_of(session)
        customer = session["customer"] or f"cus_{uuid4().hex}"
        self.card(token, customer if save else None, "always" if save else "unspecified")
        intent["payment_method"] = token
        if not self._charge(intent, token):
            return
        session.update(status="complete", payment_status="paid", payment_intent=intent["id"], customer=customer)
        self.tell("checkout.session.completed", session)

    def confirm(self, intent_id: str, yes: bool) -> None:
        """The buyer answers the bank's question."""
        intent = self.rows[intent_id]
        if yes:
            return self._take(intent)
        intent.update(status="requires_payment_method", next_action=None)
        intent["last_payment_error"] = {"code": "payment_intent_authentication_failure"}
        return self.tell("payment_intent.payment_failed", intent)

    def give_card(self, session_id: str, token: str = "pm_ok") -> None:
        """The buyer gives a card to be kept on the page of a session that sets one up."""
        session = self.rows[session_id]
        self.card(token, session["customer"] or f"cus_{uuid4().hex}", "always")
        setup = self._store("seti", {"object": "setup_intent", "status": "succeeded", "payment_method": token})
        session.update(status="complete", setup_intent=setup["id"])
        self.tell("checkout.session.completed", session)

    def card(self, token: str, customer: str | None, display: str = "always") -> None:
        face = {"brand": "visa", "last4": "4242", "exp_month": 4, "exp_year": 2031}
        self.rows[token] = {
            "id": token, "object": "payment_method", "type": "card", "customer": customer, "card": face,
            "allow_redisplay": display,
        }  # fmt: skip

    def tell(self, kind: str, about: Stored, *, id: str = "") -> None:
        said = {
            "id": id or f"evt_{uuid4().hex}", "object": "event", "type": kind, "created": int(time.time()),
            "data": {"object": json.loads(json.dumps(about))}, "livemode": False, "api_version": "2026-10-28.endive",
        }  # fmt: skip
        self.messages.append(message(said))

    # The interface

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if headers.get("authorization") != f"Bearer {KEY}":
            return 401, _error("invalid_request_error", "", "No such key")
        key, asked = headers.get("idempotency-key", ""), f"{method} {path} {body.decode()}"
        if method == "POST" and key in self.by_key:
            before, answer = self.by_key[key]
            return answer if before == asked else (400, _error("idempotency_error", "", "Keys are for one request"))
        where = urlsplit(path)
        said = _nested(parse_qsl(where.query if method == "GET" else body.decode(), keep_blank_values=True))
        expand = said.pop("expand", {})
        status, found = self._routed(method, where.path.removeprefix("/v1/").split("/"), said)
        answer = (status, self._expanded(found, list(expand.values()) if isinstance(expand, dict) else expand))
        if method == "POST" and key and status < 500:
            self.by_key[key] = (asked, json.loads(json.dumps(answer)))
        return answer

    def _routed(self, method: str, parts: list[str], said: Stored) -> Answer:
        if parts[0] == "checkout":
            parts = parts[1:]
        kind, rest = parts[0], parts[1:]
        if method == "POST" and not rest:
            return getattr(self, f"_new_{kind}")(said)
        if rest[0] not in self.rows:
            return 404, _error("invalid_request_error", "resource_missing", "No such thing")
        row = self.rows[rest[0]]
        return (200, row) if len(rest) == 1 else getattr(self, f"_{rest[1]}")(row, said)

    def _new_sessions(self, said: Stored) -> Answer:
        amount = None
        if said["mode"] == "payment":
            price = said["line_items"]["0"]["price_data"]
            amount = int(price["unit_amount"])
            said["currency"] = price["currency"]
        session = {
            "object": "checkout.session", "status": "open", "payment_status": "unpaid", "amount_total": amount,
            "currency": said["currency"], "payment_intent": None, "setup_intent": None, "customer": said.get("customer"),
            "mode": said["mode"], "client_reference_id": said["client_reference_id"], "metadata": said.get("metadata", {}),
            "wanted": said.get("payment_intent_data", {}), "success_url": said["success_url"],
        }  # fmt: skip
        row = self._store("cs_test", session)
        row["url"] = f"{self.url}/pay/{row['id']}"
        return 200, row

    def _new_payment_intents(self, said: Stored) -> Answer:
        return 200, self._intent(said)

    def _new_refunds(self, said: Stored) -> Answer:
        intent = self.rows[said["payment_intent"]]
        amount = int(said["amount"])
        if self.refuse_refunds or intent["refunded"] + amount > intent["amount_received"]:
            return 400, _error("invalid_request_error", "charge_already_refunded", "Refused")
        intent["refunded"] += amount
        status = "pending" if self.refunds_wait else "succeeded"
        row = {
            "object": "refund", "status": status, "amount": amount, "currency": intent["currency"],
            "payment_intent": intent["id"], "metadata": said.get("metadata", {}),
        }  # fmt: skip
        return 200, self._store("re", row)

    def _confirm(self, intent: Stored, said: Stored) -> Answer:
        intent["payment_method"] = token = said["payment_method"]
        if token == "pm_asks":
            redirect = {
                "type": "redirect_to_url",
                "redirect_to_url": {"url": f"{self.url}/ask/{intent['id']}", "return_url": ""},
            }
            intent.update(status="requires_action", next_action=redirect)
            return 200, intent
        if not self._charge(intent, token):
            error = intent["last_payment_error"]
            return 402, {"error": {"type": "card_error", **error, "message": "Declined", "payment_intent": intent}}
        return 200, intent

    def _capture(self, intent: Stored, said: Stored) -> Answer:
        if intent["status"] != "requires_capture":
            return 400, _error("invalid_request_error", "payment_intent_unexpected_state", "Not now")
        intent["amount"] = int(said["amount_to_capture"])
        intent["capture_method"] = "automatic"
        self._take(intent)
        return 200, intent

    def _cancel(self, intent: Stored, said: Stored) -> Answer:
        if intent["status"] in ("succeeded", "canceled"):
            return 400, _error("invalid_request_error", "payment_intent_unexpected_state", "Not now")
        intent["status"] = "canceled"
        self.tell("payment_intent.canceled", intent)
        return 200, intent

    def _expire(self, session: Stored, said: Stored) -> Answer:
        if session["status"] != "open":
            return 400, _error("invalid_request_error", "", "Only open sessions expire")
        session["status"] = "expired"
        self.tell("checkout.session.expired", session)
        return 200, session

    def _detach(self, card: Stored, said: Stored) -> Answer:
        card["customer"] = None
        self.detached.append(card["id"])
        return 200, card

    def _intent_of(self, session: Stored) -> Stored:
        if session["payment_intent"]:
            return self.rows[session["payment_intent"]]
        said = {"amount": session["amount_total"], "currency": session["currency"], **session["wanted"]}
        return self._intent(said)

    def _intent(self, said: Stored) -> Stored:
        row = {
            "object": "payment_intent", "status": "requires_payment_method", "amount": int(said["amount"]),
            "amount_received": 0, "amount_capturable": 0, "refunded": 0, "currency": said["currency"],
            "capture_method": said.get("capture_method", "automatic"), "metadata": said.get("metadata", {}),
            "next_action": None, "last_payment_error": None, "payment_method": None,
        }  # fmt: skip
        return self._store("pi", row)

    def _charge(self, intent: Stored, token: str) -> bool:
        codes = {"pm_declined": "generic_decline", "pm_poor": "insufficient_funds"}
        if token not in codes:
            self._take(intent)
            return True
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {"code": "card_declined", "decline_code": codes[token]}
        self.tell("payment_intent.payment_failed", intent)
        return False

    def _take(self, intent: Stored) -> None:
        if intent["capture_method"] == "manual":
            intent.update(status="requires_capture", amount_capturable=intent["amount"])
            return self.tell("payment_intent.amount_capturable_updated", intent)
        intent.update(status="succeeded", amount_received=intent["amount"], amount_capturable=0, next_action=None)
        return self.tell("payment_intent.succeeded", intent)

    def _store(self, prefix: str, row: Stored) -> Stored:
        row["id"] = f"{prefix}_{uuid4().hex}"
        self.rows[row["id"]] = row
        return row

    def _expanded(self, found: Any, paths: list[str]) -> Any:
        found = json.loads(json.dumps(found))
        for path in paths:
            self._expand(found, path.split("."))
        return found

    def _expand(self, row: Any, path: list[str]) -> None:
        name = path[0]
        if isinstance(row, dict) and isinstance(row.get(name), str) and row[name] in self.rows:
            row[name] = json.loads(json.dumps(self.rows[row[name]]))
        if len(path) > 1 and isinstance(row, dict) and isinstance(row.get(name), dict):
            self._expand(row[name], path[1:])


def message(said: Stored, *, secret: str = SECRET, at: float | None = None) -> Message:
    """A signed event."""
    body, time_of = json.dumps(said).encode(), int(at if at is not None else time.time())
    signed = hmac.new(secret.encode(), f"{time_of}.".encode() + body, hashlib.sha256).hexdigest()
    return Message(body, {"stripe-signature": f"t={time_of},v1={signed}"})


def _error(kind: str, code: str, words: str) -> Stored:
    return {"error": {"type": kind, "code": code, "message": words}}


def _nested(pairs: list[tuple[str, str]]) -> Stored:
    """a[b][0]=c as {"a": {"b": {"0": "c"}}}."""
    found: Stored = {}
    for name, value in pairs:
        parts = re.findall(r"[^\[\]]+", name)
        at = found
        for part in parts[:-1]:
            at = at.setdefault(part, {})
        at[parts[-1]] = value
    return found
