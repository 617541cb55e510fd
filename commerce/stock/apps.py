from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    """What is there, what is held, how it came and went; days' capacity for what is made to order."""

    name = "commerce.stock"
    label = "commerce_stock"
    verbose_name = _("Stock")

    def ready(self) -> None:
        from commerce.stock import registering

        registering.register_all()
