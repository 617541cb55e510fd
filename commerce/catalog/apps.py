from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Products: vendors' offers of subjects, their variants, pictures, prices in time."""

    name = "commerce.catalog"
    label = "commerce_catalog"
    verbose_name = _("Catalog")
