from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """Money in and out at payment providers."""

    name = "commerce.payments"
    label = "commerce_payments"
    verbose_name = _("Payments")

    def ready(self) -> None:
        from commerce.payments import registrations

        registrations.register_all()
