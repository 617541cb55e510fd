from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Money from and back to members by a payment provider."""

    name = "commerce.payments"
    label = "commerce_payments"
    verbose_name = _("Payments")
