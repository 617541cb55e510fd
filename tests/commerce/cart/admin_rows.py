"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.cart import a_cart_line


@rows("commerce_cart.Cart")
def _cart() -> None:
    a_cart_line()
