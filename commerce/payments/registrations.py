"""What this app tells the registries of others."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commerce import locks, money
from commerce.payments import checks, keeping, providers, watching
from commerce.payments.models import Attempt
from community.members import erasure, export, sections
from community.moderation import overview

BY_LAW = _("what was paid and given back is kept for five years, by law")


def register_all() -> None:
    """Called when the app is ready."""
    locks.register("attempt", "commerce_payments.Attempt")
    elsewhere = "commerce.payments.sandbox_remote.SandboxRemote"
    providers.register("sandbox", elsewhere if settings.SANDBOX_URL else "commerce.payments.sandbox.Sandbox")
    if settings.STRIPE_SECRET_KEY:
        providers.register("stripe", "commerce.payments.by_stripe.Stripe")
    checks.register_all()
    erasure.keep("commerce_payments.Refund.by", why=BY_LAW)
    erasure.also("payments", keeping.forget_all)
    export.register("commerce_payments.KeptMethod.member", fields=("provider", "brand", "last4", "expires", "used_at"))
    export.add_rows("commerce_payments.Attempt", attempts_of)
    overview.register(watching.concerns)
    sections.register(
        sections.Section(
            "payment",
            _("Kept cards"),
            "commerce_payments:kept",
            "credit-card",
            45,
            _("Cards with which you pay with one tap"),
        )
    )


def attempts_of(member: Any) -> Iterator[dict[str, Any]]:
    """What the member paid, and how, for the export."""
    for attempt in Attempt.objects.filter(purchase__member=member).select_related("purchase").order_by("pk"):
        yield {
            "purchase": attempt.purchase.number,
            "method": attempt.method.partition(":")[0],
            "state": attempt.state,
            "amount": money.to_text(attempt.amount, currency=attempt.currency),
            "refunded": money.to_text(attempt.refunded, currency=attempt.currency),
            "currency": attempt.currency,
            "made_at": attempt.made_at.isoformat(),
        }
