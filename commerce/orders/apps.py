from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Purchases and orders: their rows, their four axes, who may do what when."""

    name = "commerce.orders"
    label = "commerce_orders"
    verbose_name = _("Orders")
