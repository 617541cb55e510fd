from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VendorsConfig(AppConfig):
    """Who sells here: application, approval, staff, trader data, and the desk they work at."""

    name = "commerce.vendors"
    label = "commerce_vendors"
    verbose_name = _("Vendors")

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from commerce.vendors import registrations

        registrations.register_all()
        autodiscover_modules("desk_pages")
