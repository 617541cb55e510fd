from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    """What members wait for: that a product can be bought again, or that it costs less."""

    name = "commerce.watches"
    label = "commerce_watches"
    verbose_name = _("Watched products")

    def ready(self) -> None:
        from commerce.watches import registering

        registering.register_all()
