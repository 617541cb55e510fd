from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """How vendors deliver, and the address book of members."""

    name = "commerce.delivery"
    label = "commerce_delivery"
    verbose_name = _("Delivery")

    def ready(self) -> None:
        from commerce.delivery import registering

        registering.register_all()
