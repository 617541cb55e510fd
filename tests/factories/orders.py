"""Purchases for tests, by the acts that make and place them."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from commerce.catalog.models import Variant
from commerce.commissions.models import Plan
from commerce.orders import placing, stepping
from commerce.orders.models import Axis, Order, Purchase
from community.foundation import clock
from community.members.models import Member
from tests.factories.catalog import a_variant
from tests.factories.commissions import a_plan
from tests.factories.delivery import ADDRESS
from tests.factories.members import a_member
from tests.factories.quotes import FREE, PICKUP, Asked, Offered, Quote, a_quote, an_asked


def a_purchase(
    *bought: Variant | tuple[Variant, int] | Asked,
    by: Member | None = None,
    placed: bool = True,
    quote: Quote | None = None,
    address: dict[str, Any] | None = ADDRESS,
    cart_id: uuid.UUID | None = None,
    notes: dict[uuid.UUID, str] | None = None,
    language: str = "ko",
    **terms: Any,
) -> Purchase:
    """A purchase of variants (one of a new product, where none are given), paid and placed unless said otherwise.
    `terms` are those of `a_quote`: points, off, method."""
    if not Plan.objects.exists():  # tests with transactions of their own begin without the migration's
        a_plan()
    quote = quote or a_quote(*[_asked(one) for one in bought or [a_variant()]], **terms)
    purchase = placing.make(
        member=by or a_member(),
        quote=quote,
        address=address,
        cart_id=cart_id,
        claim=uuid.uuid4(),
        language=language,
        expires_at=clock.now() + dt.timedelta(minutes=15),
        notes=notes,
    )
    return pay(purchase) if placed else purchase


@transaction.atomic
def pay(purchase: Purchase, **terms: Any) -> Purchase:
    """What checkout does with the axes when the money has come."""
    if purchase.total:
        stepping.step(purchase, Axis.PAYMENT, "begun")
    stepping.step(purchase, Axis.PAYMENT, "captured")
    placing.place(purchase, paid_at=clock.now(), **terms)
    return purchase


def an_order(*bought: Any, **fields: Any) -> Order:
    """The one order of a purchase."""
    return a_purchase(*bought, **fields).orders.get()


def _asked(one: Any) -> Asked:
    if isinstance(one, Asked):
        return one
    return an_asked(*one) if isinstance(one, tuple) else an_asked(one)


__all__ = ["ADDRESS", "FREE", "PICKUP", "Offered", "a_purchase", "an_order", "pay"]
