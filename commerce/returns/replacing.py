"""The same again instead of the money: it leaves the shelf, and the buyer keeps the order as it was."""

import uuid
from typing import Any

from django.db import transaction

from commerce import locks
from commerce.orders import carriers
from commerce.returns import fetching
from commerce.returns.errors import RefundedInPart, TooFewToReplace
from commerce.returns.models import Return, ReturnLine
from commerce.returns.moving import move
from commerce.stock.counting import move as move_stock
from commerce.stock.errors import StockHeld
from commerce.stock.models import MovementReason, Stock


@transaction.atomic
def replace(*, by: Any, return_id: uuid.UUID, carrier: str = "", tracking: str = "") -> Return:
    """Note that what arrived was replaced. Where stock is counted, as many must be there that nobody else is buying.

    Raises NotThere, NotYourOrder, RefundedInPart (409), ReturnMoved (409), TooFewToReplace (409), Busy.
    """
    row, _order = fetching.for_staff(by=by, return_id=return_id)
    lines = list(row.lines.select_related("line"))
    if any(one.refunded for one in lines):
        raise RefundedInPart
    number = carriers.tidied(tracking)
    move(row, "replaced", by=by, reason=" ".join(filter(None, (carriers.name_of(carrier), number))))
    _take_from_shelf([one for one in lines if one.received], by=by, number=row.number)
    return row


def _take_from_shelf(lines: list[ReturnLine], *, by: Any, number: str) -> None:
    keys = Stock.objects.filter(variant__in=[one.line.variant_id for one in lines]).values_list("pk", flat=True)
    by_variant = {stock.variant_id: stock for stock in locks.take("stock", keys).values()}
    for one in lines:
        stock = by_variant.get(one.line.variant_id)
        if stock is None:
            continue
        source = ("replacement", one.pk)
        try:
            move_stock(stock, -one.received, MovementReason.SOLD, by=by, note=number, source=source)
        except StockHeld as short:
            raise TooFewToReplace from short
