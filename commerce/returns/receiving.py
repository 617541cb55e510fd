"""What was sent back is there and looked at: what can be sold again goes on the shelf (rule 2.3)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from commerce.orders.errors import NothingChosen, TooManyUnits, UnknownLine
from commerce.orders.fetching import seen_order
from commerce.returns import fetching
from commerce.returns.accepting import accept
from commerce.returns.arriving import Inspected, good_of, received
from commerce.returns.errors import NothingUnderWay, ReturnNeeded
from commerce.returns.models import Return, ReturnLine, ReturnState


@transaction.atomic
def receive(*, by: Any, return_id: uuid.UUID, lines: Mapping[uuid.UUID, Inspected] | None = None) -> Return:
    """Note what arrived, by the line of the order: all of it in good condition, where nothing is said. From now on the
    refund is due. Who receives what nobody accepted has accepted it.

    Raises NotThere, NotYourOrder, ReturnMoved (409), UnknownLine, TooManyUnits, NothingChosen, Busy.
    """
    row, order = fetching.for_staff(by=by, return_id=return_id)
    if row.state == ReturnState.REQUESTED:
        accept(row, by=by)
        if not order.method_kind:
            return row
    return received(row, _counted(row, lines), by=by)


@transaction.atomic
def receive_of_order(*, by: Any, order_id: uuid.UUID, lines: Mapping[uuid.UUID, Inspected] | None = None) -> Return:
    """The same for the one return of an order that is still to arrive. Raises NothingUnderWay (409), ReturnNeeded (400)
    where there are several, and as `receive`."""
    seen = seen_order(by=by, order_id=order_id)
    states = (ReturnState.REQUESTED, ReturnState.ACCEPTED)
    rows = list(Return.objects.visible_to(by).filter(order=seen, state__in=states)[:2])
    if not rows:
        raise NothingUnderWay
    if len(rows) > 1:
        raise ReturnNeeded(field="return")
    return receive(by=by, return_id=rows[0].pk, lines=lines)


def _counted(row: Return, lines: Mapping[uuid.UUID, Inspected] | None) -> dict[ReturnLine, Inspected]:
    rows = {one.line_id: one for one in row.lines.select_related("line")}
    if lines is None:
        return {one: Inspected(one.quantity) for one in rows.values()}
    if lines.keys() - rows.keys():
        raise UnknownLine(field="lines")
    counted = {rows[key]: told for key, told in lines.items()}
    for one, told in counted.items():
        if not 0 <= told.quantity <= one.quantity or not 0 <= good_of(told) <= told.quantity:
            raise TooManyUnits(field="lines")
    if not any(told.quantity for told in counted.values()):
        raise NothingChosen(field="lines")
    return counted
