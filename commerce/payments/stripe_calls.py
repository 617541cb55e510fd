"""One question to Stripe, its errors as ours."""

import functools
import operator
from typing import Any

from django.conf import settings

from commerce.payments import conf
from commerce.payments.errors import ProviderRefused, ProviderUnreachable
from commerce.payments.providers import outside_transaction


class Declined(Exception):
    """The card was declined; `code` is Stripe's word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def call(question: str, *args: Any, key: str = "") -> Any:
    """Ask: `call("refunds.create", {...}, key="...")`. Under one key Stripe does a thing once.

    Raises ProviderUnreachable when no reliable answer came, Declined for a card, ProviderRefused for everything else.
    """
    outside_transaction()
    stripe = sdk()
    options = {"options": {"idempotency_key": key}} if key else {}
    try:
        return operator.attrgetter(question)(client().v1)(*args, **options)
    except stripe.CardError as error:
        raise Declined(_decline(error)) from error
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError, stripe.IdempotencyError) as error:
        raise ProviderUnreachable from error
    except stripe.StripeError as error:
        raise ProviderRefused(error.code or type(error).__name__) from error


@functools.cache
def sdk() -> Any:
    """The SDK, imported by those who use it."""
    import stripe  # noqa: PLC0415  (20 MB in each process, for those who use it)

    stripe.enable_telemetry = False
    return stripe


@functools.cache
def client() -> Any:
    stripe = sdk()
    more = {"base_addresses": {"api": settings.STRIPE_API_BASE}} if settings.STRIPE_API_BASE else {}
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        http_client=stripe.RequestsClient(timeout=conf.PATIENCE),
        max_network_retries=1,
        **more,
    )


def _decline(error: Any) -> str:
    told = getattr(error.error, "decline_code", None) if error.error else None
    return told or error.code or "card_declined"
