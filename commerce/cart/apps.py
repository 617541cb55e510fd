from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartConfig(AppConfig):
    """What somebody means to buy: a cart, a guest's or a member's."""

    name = "commerce.cart"
    label = "commerce_cart"
    verbose_name = _("Carts")

    def ready(self) -> None:
        from commerce.cart import registering

        registering.register_all()
