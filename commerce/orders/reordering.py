"""Once more, please: what an order held goes into the cart, as far as it can still be bought (2.27)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import transaction

from commerce.cart import opening
from commerce.cart.adding import add
from commerce.orders.errors import NothingToReorder, NotYourOrder
from commerce.orders.fetching import seen_order
from commerce.orders.models import LineKind, OrderLine, OrderState
from community.foundation.problems import NotThere, Problem

LEFT_OUT = (OrderState.DRAFT, OrderState.EXPIRED)


@dataclass(frozen=True)
class Refused:
    """A thing that is not in the cart, and why, in words."""

    title: str
    code: str
    why: str


@dataclass
class Again:
    """What became of a reorder: the titles of what is in the cart now, and what is not."""

    added: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@transaction.atomic
def reorder(*, by: Any, order_id: uuid.UUID) -> Again:
    """Put the goods of an order into the buyer's cart, made as they were then, at the prices of today.

    Each line answers for itself. Raises NotThere, NotYourOrder, and NothingToReorder (409) when nothing at all can be
    bought any more: `refused` of the problem says why.
    """
    order = seen_order(by=by, order_id=order_id)
    if order.purchase.member_id != by.pk:
        raise NotYourOrder
    if order.state in LEFT_OUT:
        raise NotThere
    cart, again = opening.of_member(by), Again()
    for line in _goods(order.pk):
        try:
            with transaction.atomic():
                add(
                    cart=cart,
                    by=by,
                    variant_id=cast(uuid.UUID, line.variant_id),
                    quantity=line.quantity,
                    specification=line.specification or None,
                    label=line.label,
                )
            again.added.append(line.title)
        except Problem as problem:
            again.refused.append(Refused(line.title, problem.code, str(problem.detail)))
    if not again.added:
        raise NothingToReorder(again.refused)
    return again


def _goods(order_id: uuid.UUID) -> Iterator[OrderLine]:
    return OrderLine.objects.filter(order=order_id, kind=LineKind.ITEM).order_by("position").iterator()
