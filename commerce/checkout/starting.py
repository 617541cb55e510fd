"""Begin a purchase: everything that it needs is set aside in one transaction, before any money moves.

Locked in this order: cart, then what is held (stock, days, points). Providers elsewhere are only asked after it
(`paying`).
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

from commerce import locks
from commerce.cart.models import Cart
from commerce.checkout import booking, completing
from commerce.checkout.choosing import Choice, Priced, priced, require_buyable
from commerce.checkout.conf import TIME_TO_PAY
from commerce.checkout.errors import EmptyCart, PaymentRunning
from commerce.checkout.giving_up import give_up
from commerce.delivery import addressing
from commerce.orders import placing
from commerce.orders.models import Axis, PaymentState, Purchase
from commerce.orders.stepping import step
from commerce.payments import attempting
from commerce.payments.models import AttemptState
from commerce.points import spending
from commerce.specifications.remembering import remember
from commerce.stock import capacity, holding
from community.foundation import clock

UNPAID = (PaymentState.NONE, PaymentState.PENDING, PaymentState.AUTHORISED)
ALIVE = (AttemptState.PENDING, AttemptState.AUTHORISED)


def start(*, member: Any, choice: Choice, claim: UUID | None = None) -> Purchase:
    """The purchase of the member's cart, waiting to be paid; of one claim there is one, whoever repeats it.

    Stock, days and points are held for TIME_TO_PAY. Raises EmptyCart, CannotBeBought, PriceRose, AddressNeeded,
    PaymentRunning, OutOfStock, FullyBooked, InsufficientBalance, UnknownWay, locks.Busy and what `priced` raises.
    """
    try:
        return _begin(member, choice, claim)
    except _Forsaken as earlier:  # it gives back what it held, in an act of its own
        give_up(purchase_id=earlier.purchase.pk, reason="superseded")
        return _begin(member, choice, claim)


@transaction.atomic
def _begin(member: Any, choice: Choice, claim: UUID | None) -> Purchase:
    cart_id = Cart.objects.filter(member=member).values_list("pk", flat=True).first()
    cart = locks.take_one("cart", cart_id) if cart_id else None
    if cart is None:
        raise EmptyCart
    known = _earlier(cart, claim)
    if known is not None:
        return known
    found = priced(cart.pk, choice, member=member)
    require_buyable(found, choice)
    purchase = placing.make(
        member=member,
        quote=found.quote,
        address=found.address,
        cart_id=cart.pk,
        claim=claim,
        language=get_language() or "",
        expires_at=clock.now() + TIME_TO_PAY,
        notes=_notes(found, choice),
    )
    _remember(member, found)
    _hold(purchase, found, until=purchase.expires_at)
    if purchase.total:
        step(purchase, Axis.PAYMENT, "begun", by=member)
        attempting.begin(purchase=purchase, method=choice.payment_method)  # a provider on this machine answers at once
    else:
        step(purchase, Axis.PAYMENT, "captured", by=member)
        completing.complete(purchase, paid_at=clock.now())
    return purchase


class _Forsaken(Exception):
    """A purchase of this cart waits for a payment that nobody makes any more."""

    def __init__(self, purchase: Purchase) -> None:
        self.purchase = purchase
        super().__init__(purchase.number)


def _earlier(cart: Cart, claim: UUID | None) -> Purchase | None:
    """What an earlier request of this claim made; the cart is locked, so no rival begins in between.

    Raises PaymentRunning while the cart is being paid, _Forsaken where its last payment came to nothing.
    """
    same = Q(claim=claim) if claim else Q(pk=None)
    rows = Purchase.objects.filter(same | Q(cart_id=cart.pk, payment__in=UNPAID), member=cart.member_id)
    earlier = list(rows)
    for purchase in earlier:
        if claim is not None and purchase.claim == claim:
            return purchase
    for purchase in earlier:
        alive = purchase.attempts.filter(state__in=ALIVE).exists()
        raise PaymentRunning(purchase) if alive else _Forsaken(purchase)
    return None


def _hold(purchase: Purchase, found: Priced, *, until: dt.datetime) -> None:
    source = ("purchase", purchase.pk)
    holding.hold(
        lines=[holding.Wanted(line.variant.pk, line.quantity) for line in found.lines], source=source, until=until
    )
    made = [capacity.Made(line.variant.product_id, line.quantity) for line in found.lines if line.schema]
    if made:
        capacity.hold(lines=made, source=source, until=until)
    if purchase.points:
        booking.books_for_sale([order.vendor.team for order in found.quote.orders], points_of=purchase.member_id)
        spending.reserve(member=purchase.member_id, points=purchase.points, purchase_id=purchase.pk)


def _remember(member: Any, found: Priced) -> None:
    """The address, and what was specified, for the next time."""
    if found.address:
        addressing.remember(member, found.address)
    for line in found.lines:
        if line.schema is not None and line.specification:
            remember(member, line.schema, dict(line.specification))


def _notes(found: Priced, choice: Choice) -> dict[UUID, str]:
    return {
        order.vendor.pk: choice.notes[order.vendor.slug]
        for order in found.quote.orders
        if choice.notes.get(order.vendor.slug)
    }
