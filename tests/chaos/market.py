"""A running shop, and buyers who buy while its parts are killed: each asks again under the same key until it is answered."""

import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.town import Town, _done
from tests.config.running import manage

SETUP = """
from tests.factories.checkout import goods
for price in (10_000, 3_333):
    print("variant", goods(price, on_hand=100_000).pk)
"""
PROOF = """
from django.db.models import F, Sum
from commerce.ledger.auditing import audit
from commerce.orders.models import Order, Purchase
from commerce.payments.models import Attempt
from commerce.stock.models import Hold, Stock
from tests.commerce.checkout.invariants import violations
paid = Purchase.objects.exclude(paid_at=None)
print("proof", __import__("json").dumps({
    "audit": [str(one) for one in audit()],
    "violations": violations(),
    "numbers": sorted(paid.values_list("number", flat=True)),
    "unpaid": Purchase.objects.filter(paid_at=None).exclude(payment__in=("failed", "voided")).count(),
    "money": Attempt.objects.filter(captured__gt=F("refunded")).exclude(purchase__paid_at__isnull=False).count(),
    "orders": Order.objects.exclude(state__in=("draft", "expired")).count(),
    "sold": 200_000 - (Stock.objects.aggregate(n=Sum("on_hand"))["n"] or 0),
    "bought": sum(paid.values_list("orders__lines__quantity", flat=True)),
    "held": Stock.objects.aggregate(n=Sum("held"))["n"] - (Hold.objects.filter(state="held").aggregate(n=Sum("quantity"))["n"] or 0),
}))
"""
ADDRESS = {
    "name": "김하늘",
    "line1": "마당로 12",
    "city": "서울",
    "postcode": "04101",
    "country": "KR",
    "phone": "010-1234-5678",
}
PATIENCE = 120
PASSING = {0, 429, 500, 502, 503}


@dataclass
class Market(Town):
    """`bought` are the numbers of the purchases that the site said were paid."""

    variants: list[str] = field(default_factory=list)
    bought: list[str] = field(default_factory=list)

    def open(self, buyers: int) -> "Market":
        for number in range(buyers):
            mail = f"buyer{number}@example.com"
            _done(manage(self.site.data, "create_member", mail, "--username", f"buyer{number}", "--password", "p" * 12))
            made = _done(manage(self.site.data, "create_token", mail, "--scopes", "read orders"))
            self.tokens.append(made.strip().splitlines()[-1])
        said = _done(manage(self.site.data, "shell", "-c", SETUP))
        self.variants = [line.split()[1] for line in said.splitlines() if line.startswith("variant ")]
        assert len(self.variants) == 2
        return self

    def proof(self) -> dict[str, Any]:
        """What the database says of all that was bought."""
        said = _done(manage(self.site.data, "shell", "-c", PROOF))
        [line] = [line for line in said.splitlines() if line.startswith("proof ")]
        return json.loads(line.removeprefix("proof "))

    def _keep_writing(self, number: int, end: float) -> None:
        while time.monotonic() < end:
            self.buy(self.tokens[number])

    def buy(self, token: str) -> None:
        for variant in self.variants:
            line = {"variant": variant, "quantity": 1}
            if self._until_answered(token, "cart/lines/", line, str(uuid.uuid4()), {201}) is None:
                return
        body = {"address": ADDRESS, "payment_method": "sandbox"}
        reply = self._until_answered(token, "checkout/", body, str(uuid.uuid4()), {201})
        if reply is not None:
            with _lock:
                self.bought.append(reply["number"])

    def _until_answered(self, token: str, path: str, body: Any, key: str, wanted: set[int]) -> dict[str, Any] | None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, reply = self._ask(token, path, body, key)
            if status in wanted:
                return reply
            code = reply["errors"][0]["code"] if reply and "errors" in reply else ""
            if status not in PASSING and code not in ("still_running", "busy"):
                self.faults.append(f"{path}: {status} {code}")
                return None
            time.sleep(0.4)
        self.faults.append(f"{path}: never answered")
        return None

    def _ask(self, token: str, path: str, body: Any, key: str) -> tuple[int, dict[str, Any] | None]:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(f"{self.site.address}api/v1/{path}", json.dumps(body).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            try:
                return error.code, json.load(error)
            except ValueError:
                return error.code, None
        except (OSError, ValueError):
            return 0, None


_lock = threading.Lock()
