"""A return is there: its counts, the clock of its refund, and the shelf."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commerce import locks
from commerce.returns import conf
from commerce.returns.clocks import business_days_after
from commerce.returns.models import Return, ReturnLine, Wants
from commerce.returns.moving import move
from commerce.stock.models import Stock
from commerce.stock.returning import restock
from community.foundation import clock


@dataclass(frozen=True)
class Inspected:
    """So many units of a line came; so many of them can be sold again (all, where nothing is said)."""

    quantity: int
    good: int | None = None


def good_of(told: Inspected) -> int:
    """How many can be sold again."""
    return told.quantity if told.good is None else told.good


def received(row: Return, counted: Mapping[ReturnLine, Inspected], *, by: Any) -> Return:
    """Note what arrived of a locked return. Raises ReturnMoved."""
    moment = clock.now()
    days = conf.REFUNDED_WITHIN if row.wants == Wants.REFUND else conf.REPLACED_WITHIN
    move(row, "received", by=by, due_at=business_days_after(moment, days), received_at=moment)
    for one, told in counted.items():
        one.received, one.good = told.quantity, good_of(told)
        one.save(update_fields=["received", "good"])
    _shelve([one for one in counted if one.good], by=by)
    return row


def _shelve(lines: list[ReturnLine], *, by: Any) -> None:
    """What is good is there again, all stocks locked in one order first."""
    variants = [one.line.variant_id for one in lines]
    locks.take("stock", Stock.objects.filter(variant__in=variants).values_list("pk", flat=True))
    for one in lines:
        if one.line.variant_id is not None:
            restock(variant_id=one.line.variant_id, quantity=one.good, source=("return", one.pk), by=by)
