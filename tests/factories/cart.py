"""Carts for tests."""

from typing import Any

from commerce.cart.models import Cart, CartLine
from commerce.catalog.models import Variant
from commerce.specifications.checking import check
from commerce.specifications.reading import current_schema
from community.members.models import Member
from tests.factories.catalog import a_variant
from tests.factories.members import a_member
from tests.factories.stock import a_stock


def a_cart(member: Member | None = None) -> Cart:
    """The empty cart of a member (a new one)."""
    return Cart.objects.get_or_create(member=member or a_member())[0]


def a_cart_line(
    cart: Cart | None = None, variant: Variant | None = None, quantity: int = 1, *, label: str = "", **values: Any
) -> CartLine:
    """So many of a variant (a new one, of which 100 are in stock) in a cart, specified by `values`."""
    cart = cart or a_cart()
    if variant is None:
        variant = a_variant()
        a_stock(100, variant=variant)
    schema = current_schema(variant.product) if values else None
    checked = check(schema, values, by=cart.member) if schema else None
    return CartLine.objects.create(
        cart=cart,
        variant=variant,
        quantity=quantity,
        label=label,
        schema=schema,
        specification=checked.values if checked else {},
        seen_price=variant.price + (checked.price if checked else 0),
    )
