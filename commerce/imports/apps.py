from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Orders from before: what a vendor sold elsewhere, taken over with its returns."""

    name = "commerce.imports"
    label = "commerce_imports"
    verbose_name = _("Imported orders")
