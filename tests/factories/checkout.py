"""Carts that are bought, for tests, by the acts."""

import uuid
from typing import Any

from commerce.catalog.models import Variant
from commerce.checkout import paying
from commerce.checkout.choosing import Choice
from commerce.orders.models import Purchase
from community.members.models import Member
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product
from tests.factories.members import a_member
from tests.factories.orders import ADDRESS
from tests.factories.stock import a_stock


def goods(price: int = 10_000, *, on_hand: int = 10, vendor: Any = None) -> Variant:
    """A variant on sale, of which so many are there."""
    variant = a_product(vendor=vendor, price=price).variants.get()
    a_stock(on_hand, variant=variant)
    return Variant.objects.select_related("product__vendor").get(pk=variant.pk)


def a_full_cart(*wanted: Variant | tuple[Variant, int], by: Member | None = None) -> Member:
    """A member whose cart holds these, one each unless a number stands beside it."""
    member = by or a_member()
    cart = a_cart(member)
    for one in wanted or [goods()]:
        variant, quantity = one if isinstance(one, tuple) else (one, 1)
        a_cart_line(cart, variant, quantity=quantity)
    return member


def a_choice(**said: Any) -> Choice:
    """To the address of the tests, paid at once, unless said otherwise."""
    return Choice(**{"payment_method": "sandbox", "address": ADDRESS, **said})


def bought(*wanted: Any, by: Member | None = None, **said: Any) -> Purchase:
    """What became of a cart that was paid."""
    member = a_full_cart(*wanted, by=by)
    return paying.check_out(member=member, choice=a_choice(**said), claim=uuid.uuid4()).purchase
