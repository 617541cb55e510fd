"""Goods that came back and were found good go on the shelf again."""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce import locks
from commerce.stock.counting import move
from commerce.stock.holding import require_quantity
from commerce.stock.models import Movement, MovementReason, Source, Stock
from community.foundation.problems import NotThere


@transaction.atomic
def restock(*, variant_id: UUID, quantity: int, source: Source, by: Any = None) -> Stock | None:
    """Add what came back after inspection (rule 2.3); the same source adds once. None where nobody counts.

    Whether `by` may inspect a return is decided by the act of the return. Raises WrongQuantity, Busy.
    """
    require_quantity(quantity)
    key = Stock.objects.filter(variant=variant_id).values_list("pk", flat=True).first()
    if key is None:
        return None
    stock = locks.take_one("stock", key)
    if stock is None:
        raise NotThere
    done = Movement.objects.filter(
        stock=stock, reason=MovementReason.RETURNED, source_kind=source[0], source_id=source[1]
    )
    return stock if done.exists() else move(stock, quantity, MovementReason.RETURNED, by=by, source=source)
