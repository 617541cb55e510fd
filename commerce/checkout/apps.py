from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckoutConfig(AppConfig):
    """From cart to paid purchase, and back: placing, capture, cancelling, expiry."""

    name = "commerce.checkout"
    label = "commerce_checkout"
    verbose_name = _("Checkout")
