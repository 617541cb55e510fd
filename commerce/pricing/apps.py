from django.apps import AppConfig


class PricingConfig(AppConfig):
    """What a cart costs: goods, discounts, delivery, taxes, points."""

    name = "commerce.pricing"
    label = "commerce_pricing"
