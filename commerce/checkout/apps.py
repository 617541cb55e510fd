from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    """From a cart to a paid purchase, and back where it cannot be."""

    name = "commerce.checkout"
    label = "commerce_checkout"
