"""What `manage.py check --deploy` says of payments."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, Warning, register


def register_all() -> None:
    register(providers_are_meant, Tags.security, deploy=True)


def providers_are_meant(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A sandbox in a real shop gives its goods away; a shop without a provider sells nothing; Stripe without the secret
    of its messages learns of payments only by asking."""
    found: list[CheckMessage] = []
    if "sandbox" in settings.PAYMENT_PROVIDERS:
        hint = "Take it out of PAYMENT_PROVIDERS, unless nothing is really sold here."
        words = "PAYMENT_PROVIDERS names the sandbox: whoever buys pays nothing."
        found.append(Warning(words, hint=hint, id="payments.W001"))
    if settings.STRIPE_SECRET_KEY and not settings.STRIPE_WEBHOOK_SECRET:
        hint = "Have Stripe send its messages to SITE_URL/payments/stripe/events/, and set STRIPE_WEBHOOK_SECRET."
        words = "Stripe's messages cannot be checked and are refused: payments are noticed a minute late."
        found.append(Warning(words, hint=hint, id="payments.W002"))
    if not settings.PAYMENT_PROVIDERS and not settings.STRIPE_SECRET_KEY:
        hint = "Set STRIPE_SECRET_KEY before selling: once the site is set up, the sandbox is not offered any more."
        found.append(Info("No payment provider is configured.", hint=hint, id="payments.I001"))
    return found
