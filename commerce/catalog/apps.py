from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """Products: vendors' offers of subjects, their variants, pictures, prices in time."""

    name = "commerce.catalog"
    label = "commerce_catalog"
    verbose_name = _("Catalog")

    def ready(self) -> None:
        from commerce.catalog import fragments, product_panels, registrations, subject_panels, vendor_panels

        registrations.register_all()
        subject_panels.register()
        product_panels.register()
        vendor_panels.register()
        fragments.fill()
