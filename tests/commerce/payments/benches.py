"""The three kinds of providers under one roof: what a contract test asks of each, whatever is behind it.

A bench pays by a kind of way ("pays", "declines", "asks"), plays the buyer, and hands over what the provider told.
"""

from typing import Any
from uuid import UUID

from django.test import Client

from commerce.payments import asking, providers, stripe_calls
from commerce.payments.models import Attempt
from tests.commerce.payments import sandbox_server, stripe_server
from tests.factories.members import a_member
from tests.factories.payments import a_kept_card, a_purchase_to_pay, an_attempt


class Bench:
    """The sandbox in this process."""

    name = "sandbox"
    remote = False
    ways = {"pays": "sandbox", "declines": "sandbox-declined", "asks": "sandbox-3ds"}

    def __init__(self) -> None:
        self.member = a_member()

    def begin(self, kind: str, **fields: Any) -> Attempt:
        """Begin and ask, as checkout does."""
        later = fields.pop("capture_later", False)
        purchase = a_purchase_to_pay(self.member, **fields)
        attempt = an_attempt(purchase, self.way(kind), capture_later=later)
        return asking.authorise(attempt.pk).attempt if attempt.state == "pending" and self.remote else attempt

    def way(self, kind: str) -> str:
        return self.ways[kind]

    def answer(self, attempt: Attempt, yes: bool) -> None:
        """The buyer answers the question: here on a page of the site."""
        client = Client()
        client.force_login(self.member, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.post(f"/payments/sandbox/{attempt.pk}/", {"answer": "yes" if yes else "no"})

    def deliver(self) -> list[str]:
        """What the provider told since the last time, delivered; gives what became of each message."""
        return []

    def stop(self) -> None:
        return None


class RemoteBench(Bench):
    """The sandbox as a server of its own."""

    remote = True

    def __init__(self, settings: Any) -> None:
        super().__init__()
        self.server: Any = sandbox_server.SandboxServer()
        settings.SANDBOX_URL, settings.SANDBOX_SECRET = self.server.url, sandbox_server.SECRET
        providers.register("sandbox", "commerce.payments.sandbox_remote.SandboxRemote")

    def answer(self, attempt: Attempt, yes: bool) -> None:
        self.server.consent(str(attempt.pk), yes)

    def deliver(self) -> list[str]:
        waiting, self.server.messages = self.server.messages, []
        return [became for one in waiting for became in post(self.name, one).json()["became"]]

    def stop(self) -> None:
        self.server.stop()
        providers.register("sandbox", "commerce.payments.sandbox.Sandbox")


class StripeBench(RemoteBench):
    """Stripe by its SDK; the buyers pay with kept cards."""

    name = "stripe"
    cards = {"pays": "pm_ok", "declines": "pm_declined", "asks": "pm_asks"}

    def __init__(self, settings: Any) -> None:
        Bench.__init__(self)
        self.server = stripe_server.StripeServer()
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = stripe_server.KEY, stripe_server.SECRET
        settings.STRIPE_API_BASE = self.server.url
        stripe_calls.client.cache_clear()
        providers.register("stripe", "commerce.payments.by_stripe.Stripe")

    def way(self, kind: str) -> str:
        token = self.cards[kind]
        row = self.member.kept_payment_methods.filter(token=token).first()
        if row is None:
            self.server.card(token, f"cus_{self.member.pk.hex}")
            row = a_kept_card(self.member, provider="stripe", token=token, customer=f"cus_{self.member.pk.hex}")
        return f"stripe:{row.pk}"

    def answer(self, attempt: Attempt, yes: bool) -> None:
        self.server.confirm(attempt.reference, yes)

    def stop(self) -> None:
        self.server.stop()
        providers._paths.pop("stripe", None)
        providers.provider_named.cache_clear()
        stripe_calls.client.cache_clear()


def post(provider: str, message: Any, client: Client | None = None) -> Any:
    """Deliver a message as the provider does."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in message.headers.items()}
    return (client or Client()).post(
        f"/payments/{provider}/events/", message.body, content_type="application/json", **headers
    )


def fresh(attempt: Attempt | UUID) -> Attempt:
    """As it stands in the database."""
    return Attempt.objects.get(pk=getattr(attempt, "pk", attempt))
