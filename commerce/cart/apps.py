from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartConfig(AppConfig):
    """What someone means to buy."""

    name = "commerce.cart"
    label = "commerce_cart"
    verbose_name = _("Cart")
