from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """How vendors deliver, and the address book of members."""

    name = "commerce.delivery"
    label = "commerce_delivery"
