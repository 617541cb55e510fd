from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Money in and out at payment providers."""

    name = "commerce.payments"
    label = "commerce_payments"
