from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PricingConfig(AppConfig):
    """What a cart costs, by the code that charges; discounts come from providers registered above."""

    name = "commerce.pricing"
    label = "commerce_pricing"
    verbose_name = _("Pricing")
