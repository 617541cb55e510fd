"""Take something out of a cart."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from commerce.cart import holding
from commerce.cart.models import Cart, CartLine
from commerce.cart.reading import asked_lines
from community.foundation import fragments


@transaction.atomic
def remove(*, cart: Cart, line_id: UUID) -> None:
    """Again is no fault, and a line of another cart stays where it is. Raises CartGone, Busy."""
    holding.for_change(cart)
    CartLine.objects.filter(cart=cart, pk=line_id).delete()


@transaction.atomic
def remove_all(*, cart: Cart) -> None:
    """Empty it. Raises CartGone, Busy."""
    holding.for_change(cart)
    CartLine.objects.filter(cart=cart).delete()


@transaction.atomic
def remove_hindered(*, cart: Cart) -> int:
    """Take out what cannot be bought as it stands, other than by its number; gives how many lines. Raises as `remove`."""
    holding.for_change(cart)
    gone = [line.key for line in asked_lines(cart.pk) if line.hindrance and not line.hindrance.left]
    CartLine.objects.filter(cart=cart, pk__in=gone).delete()
    return len(gone)


@transaction.atomic
def take_out_bought(*, member_id: UUID, quantities: Mapping[UUID, int]) -> None:
    """What was bought leaves the cart, so many pieces a line; what was added to a line meanwhile stays.

    A purchase that is paid holds later places of the order, so this locks the lines and not their cart; every act on a
    cart locks both. Nothing else may be locked after it.
    """
    rows = CartLine.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=quantities, cart__member=member_id
    )
    locked = list(rows.order_by("pk"))
    gone = [line.pk for line in locked if line.quantity <= quantities[line.pk]]
    left = [line for line in locked if line.quantity > quantities[line.pk]]
    for line in left:
        line.quantity -= quantities[line.pk]
    CartLine.objects.filter(pk__in=gone).delete()
    CartLine.objects.bulk_update(left, ["quantity"])
    transaction.on_commit(lambda: fragments.forget([member_id]))
