from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """Delivery methods and their fees; members' addresses."""

    name = "commerce.delivery"
    label = "commerce_delivery"
    verbose_name = _("Delivery")
