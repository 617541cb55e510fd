"""What this app tells the registries of others."""

from django.utils.translation import gettext_lazy as _

from commerce import locks
from commerce.payments import providers, watching
from community.members import erasure, sections
from community.moderation import overview

BY_LAW = _("what was paid and given back is kept for five years, by law")


def register_all() -> None:
    """Called when the app is ready."""
    locks.register("attempt", "commerce_payments.Attempt")
    providers.register("sandbox", "commerce.payments.sandbox.Sandbox")
    erasure.keep("commerce_payments.Refund.by", why=BY_LAW)
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
