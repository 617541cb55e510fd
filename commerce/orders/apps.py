from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Purchases and the orders of vendors in them, on four axes."""

    name = "commerce.orders"
    label = "commerce_orders"
