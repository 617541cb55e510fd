"""The buyer wants to give something back."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Sum

from commerce.catalog.models import ProductKind
from commerce.orders.choosing import chosen
from commerce.orders.fetching import order_for_buyer
from commerce.orders.machines import THERE
from commerce.orders.models import Axis, LineKind, Order, OrderLine, OrderState
from commerce.orders.stepping import note as write_down
from commerce.returns import conf
from commerce.returns.clocks import business_days_after
from commerce.returns.errors import LineTwice, NotArrived, OnlyForFaults, TooLate, UnknownReason
from commerce.returns.models import FAULTS, OPEN, Return, ReturnLine, ReturnState, Wants, Why
from community.foundation import clock
from community.foundation.problems import Overlong


@dataclass(frozen=True)
class Wanted:
    """So many units of a line come back, why, and what the buyer says of it."""

    line_id: uuid.UUID
    quantity: int
    reason: str
    words: str = ""


@transaction.atomic
def ask_return(
    *, by: Any, order_id: uuid.UUID, lines: Sequence[Wanted], wants: str = Wants.REFUND, note: str = ""
) -> Return:
    """Ask to give units of an order back. Never more than arrived, did not come back yet and are in no other open return.

    Raises NotThere, NotYourOrder, NotArrived (409), UnknownLine, LineTwice, TooManyUnits, NothingChosen, UnknownReason,
    TooLate (409), OnlyForFaults (409), Overlong, Busy.
    """
    order, note = order_for_buyer(by=by, order_id=order_id), note.strip()
    if len(note) > conf.LONGEST_NOTE:
        raise Overlong(conf.LONGEST_NOTE, field="note")
    if order.state not in (OrderState.CONFIRMED, OrderState.CLOSED) or order.fulfilment not in THERE:
        raise NotArrived
    asked = {one.line_id: one for one in lines}
    if len(asked) != len(lines):
        raise LineTwice(field="lines")
    goods = list(order.lines.filter(kind=LineKind.ITEM).select_related("product"))
    taken = in_open_returns(goods)
    units = chosen(
        goods, {key: one.quantity for key, one in asked.items()}, lambda line: returnable(line, taken.get(line.pk, 0))
    )
    for line in units:
        require_reason(order, line, asked[line.pk])
    return _made(order, units, asked, wants=Wants(wants), note=note, by=by)


def in_open_returns(lines: Iterable[OrderLine]) -> dict[uuid.UUID, int]:
    """How many units of each line are on their way back already and not given back for yet. One query."""
    rows = ReturnLine.objects.filter(line__in=list(lines), of__state__in=OPEN).values("line")
    return dict(rows.annotate(units=Sum(F("quantity") - F("refunded"))).values_list("line", "units"))


def returnable(line: OrderLine, taken: int) -> int:
    """How many of a line can be asked for, when `taken` of them are in open returns."""
    return max(line.shipped - line.returned - taken, 0)


def require_reason(order: Order, line: OrderLine, asked: Wanted) -> None:
    """Whether this line can still come back for this reason. Raises UnknownReason, Overlong, TooLate, OnlyForFaults."""
    if asked.reason not in Why.values:
        raise UnknownReason(field="lines")
    if len(asked.words) > conf.LONGEST_REASON:
        raise Overlong(conf.LONGEST_REASON, field="lines")
    if asked.reason not in reasons_for(order, line):
        raise OnlyForFaults(field="lines") if only_for_faults(line) and not _over(order) else TooLate(field="lines")


def reasons_for(order: Order, line: OrderLine) -> list[str]:
    """For which reasons a line of an order that arrived can come back now."""
    if _over(order):
        return []
    until, moment = order.returnable_until, clock.now()
    free = until is not None and moment <= until and not only_for_faults(line)
    return [reason for reason in Why.values if free or reason in FAULTS]


def only_for_faults(line: OrderLine) -> bool:
    """Made to order, or a file. The product is loaded."""
    kind = line.product.kind if line.product is not None else ""
    return line.schema_id is not None or kind in (ProductKind.DIGITAL, ProductKind.MADE_TO_ORDER)


def _over(order: Order) -> bool:
    """Nothing of it can come back for whatever reason."""
    return order.delivered_at is None or clock.now() > order.delivered_at + conf.FAULTS_FOR


def _made(
    order: Order,
    units: Mapping[OrderLine, int],
    asked: Mapping[uuid.UUID, Wanted],
    *,
    wants: Wants,
    note: str,
    by: Any,
) -> Return:
    moment = clock.now()
    row = Return.objects.create(
        order=order,
        number=f"{order.number}-R{order.returns.count() + 1}",
        wants=wants,
        note=note,
        requested_at=moment,
        due_at=business_days_after(moment, conf.DECIDED_WITHIN),
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(of=row, line=line, quantity=count, reason=asked[line.pk].reason, words=asked[line.pk].words)
        for line, count in units.items()
    )
    write_down([(order, "", ReturnState.REQUESTED)], Axis.RETURN, "requested", by=by, reference=row.pk)
    return row
