from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatchesConfig(AppConfig):
    """What members wait for: back in stock, a price fall."""

    name = "commerce.watches"
    label = "commerce_watches"
    verbose_name = _("Watches")
