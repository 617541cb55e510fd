from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class OrdersConfig(AppConfig):
    """Purchases and the orders of vendors in them, on four axes."""

    name = "commerce.orders"
    label = "commerce_orders"
    verbose_name = pgettext_lazy("of an order", "Orders")

    def ready(self) -> None:
        from commerce.orders import registrations

        registrations.register_all()
