from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckoutConfig(AppConfig):
    """From a cart to a paid purchase, and back where it cannot be."""

    name = "commerce.checkout"
    label = "commerce_checkout"
    verbose_name = _("Checkout")

    def ready(self) -> None:
        from commerce.checkout import registering

        registering.register_all()
