"""Money for what came back, by its units (rule 2.5), and money out of goodwill."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from commerce import locks
from commerce.checkout.errors import NothingToRefund
from commerce.checkout.giving_back import Back, give_back, give_goodwill, worth_of
from commerce.orders.choosing import chosen
from commerce.orders.errors import NotYourOrder
from commerce.orders.fetching import locked as locked_order
from commerce.orders.fetching import seen_order, works_for
from commerce.orders.models import LineKind, Order, OrderLine, Purchase
from commerce.payments.models import Refund
from commerce.returns import conf
from commerce.returns.errors import GoodwillByManagers, NothingReceived, ReturnNeeded
from commerce.returns.fetching import seen_return
from commerce.returns.models import FAULTS, Return, ReturnLine, ReturnState
from commerce.returns.moving import move
from commerce.vendors.models import Vendor
from commerce.vendors.staffing import MANAGERS
from community.foundation import clock
from community.foundation.ids import uuid7
from community.foundation.problems import NotThere, Overlong
from community.outbox.events import publish


@dataclass(frozen=True)
class GivenBack:
    """What went back: the buyer's money and the worth of points, in smallest units. `refund` is None where no money moved."""

    order: Order
    money: int
    points_worth: int
    refund: Refund | None
    of_return: Return | None = None


@transaction.atomic
def refund_return(*, by: Any, return_id: uuid.UUID, lines: Mapping[uuid.UUID, int] | None = None) -> GivenBack:
    """Refund units of what arrived, by the line of the order (all that waits, where nothing is said). With the last unit of
    an order that came back for faults alone, its delivery is refunded too.

    Raises NotThere, NotYourOrder, NothingReceived (409), UnknownLine, TooManyUnits, NothingChosen, Busy; and what
    `giving_back` raises.
    """
    seen = seen_return(by=by, return_id=return_id)
    if not works_for(by, seen.order.vendor_id):
        raise NotYourOrder
    return _refund(seen, by=by, lines=lines)


@transaction.atomic
def refund_order(*, by: Any, order_id: uuid.UUID, lines: Mapping[uuid.UUID, int] | None = None) -> GivenBack:
    """The same for the one return of an order that has arrived. Raises ReturnNeeded (400) where there are several."""
    seen = _order_for_staff(by, order_id)
    rows = list(seen.returns.filter(state=ReturnState.RECEIVED)[:2])
    if not rows:
        raise NothingToRefund(field="lines") if lines is None else NothingReceived
    if len(rows) > 1:
        raise ReturnNeeded(field="return")
    return refund_return(by=by, return_id=rows[0].pk, lines=lines)


@transaction.atomic
def refund_unrefunded(return_id: uuid.UUID) -> bool:
    """Refund what arrived and was not refunded in time; False if somebody was faster."""
    seen = Return.objects.select_related("order").filter(pk=return_id).first()
    if seen is None or seen.state != ReturnState.RECEIVED or seen.due_at is None or seen.due_at > clock.now():
        return False
    try:
        _refund(seen, by=None, lines=None)
    except NothingReceived:
        return False
    return True


@transaction.atomic
def goodwill(*, by: Any, order_id: uuid.UUID, amount: int, reason: str = "") -> GivenBack:
    """Give money for nothing that comes back: managers and owners alone. The buyer reads the reason.

    Raises NotThere, NotYourOrder, GoodwillByManagers (403), Overlong, NothingToRefund, RefundTooLarge (409), Busy.
    """
    reason = reason.strip()
    seen = _order_for_staff(by, order_id)
    if not by.is_operator and not Vendor.objects.staffed_by(by, *MANAGERS).filter(pk=seen.vendor_id).exists():
        raise GoodwillByManagers
    if len(reason) > conf.LONGEST_REASON:
        raise Overlong(conf.LONGEST_REASON, field="reason")
    purchase, order = _locked(seen)
    refund = give_goodwill(
        order=order, purchase=purchase, amount=amount, key=f"goodwill:{uuid7()}", reason=reason, by=by
    )
    payload = {"order": str(order.pk), "refund": str(refund.pk), "amount": amount}
    publish(topic="order.goodwill", key=str(order.pk), payload=payload)
    return GivenBack(order, amount, 0, refund)


def _order_for_staff(by: Any, order_id: uuid.UUID) -> Order:
    seen = seen_order(by=by, order_id=order_id)
    if not works_for(by, seen.vendor_id):
        raise NotYourOrder
    return seen


def _locked(order: Order) -> tuple[Purchase, Order]:
    purchase = locks.take_one("purchase", order.purchase_id)
    locked = locked_order(order.pk)
    locked.purchase = purchase
    return purchase, locked


def _refund(seen: Return, *, by: Any, lines: Mapping[uuid.UUID, int] | None) -> GivenBack:
    purchase, order = _locked(seen.order)
    row = locks.take_one("return", seen.pk)
    if row is None:
        raise NotThere
    row.order = order
    if row.state != ReturnState.RECEIVED:
        raise NothingReceived
    waiting = {one.line_id: one for one in row.lines.all()}
    rows = list(order.lines.prefetch_related("allocations"))
    own = [line for line in rows if line.pk in waiting]
    units = chosen(own, lines, lambda line: waiting[line.pk].waiting)
    key = f"return:{uuid.uuid5(row.pk, ','.join(f'{line.pk}:{waiting[line.pk].refunded}' for line in units))}"
    back = _count(units, waiting)
    back += _delivery(order, rows)
    refund = give_back(order=order, purchase=purchase, back=back, key=key, reason=row.number, by=by)
    if not any(one.waiting for one in waiting.values()):
        move(row, "refunded", by=by, reason="" if by else "automatic_refund")
    return GivenBack(order, refund.amount if refund else 0, back.points_worth, refund, row)


def _count(units: Mapping[OrderLine, int], waiting: Mapping[uuid.UUID, ReturnLine]) -> Back:
    """What these units bring back; they are counted as given back."""
    back = Back()
    for line, count in units.items():
        back += worth_of(line, count, already=line.cancelled + line.returned)
        OrderLine.objects.filter(pk=line.pk).update(returned=F("returned") + count)
        ReturnLine.objects.filter(pk=waiting[line.pk].pk).update(refunded=F("refunded") + count)
        line.returned += count
        waiting[line.pk].refunded += count
    return back


def _delivery(order: Order, rows: list[OrderLine]) -> Back:
    """The delivery goes back with the last unit, if nothing came back but for faults of the vendor."""
    goods = [line for line in rows if line.kind == LineKind.ITEM]
    paid = next((line for line in rows if line.kind == LineKind.DELIVERY), None)
    if paid is None or paid.returned or paid.cancelled or any(_kept(line) for line in goods):
        return Back()
    given = ReturnLine.objects.filter(of__order=order, refunded__gt=0)
    if given.exclude(reason__in=FAULTS).exists():
        return Back()
    OrderLine.objects.filter(pk=paid.pk).update(returned=1)
    return worth_of(paid, 1, already=0)


def _kept(line: OrderLine) -> int:
    """How many of a line neither fell away nor came back."""
    return line.quantity - line.cancelled - line.returned
