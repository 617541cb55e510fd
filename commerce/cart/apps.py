from django.apps import AppConfig


class CartConfig(AppConfig):
    """What somebody means to buy: a cart, a guest's or a member's."""

    name = "commerce.cart"
    label = "commerce_cart"
