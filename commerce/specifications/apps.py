from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpecificationsConfig(AppConfig):
    """Made to order: what can be specified, what it costs, what a member specified before."""

    name = "commerce.specifications"
    label = "commerce_specifications"
    verbose_name = _("Specifications")

    def ready(self) -> None:
        from commerce.specifications import registering

        registering.register_all()
