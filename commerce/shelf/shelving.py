"""What arrived is put on the shelf of who bought it: a row a line of goods, once."""

import calendar
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from commerce.orders.machines import THERE
from commerce.orders.models import LineKind, OrderLine
from commerce.shelf.conf import ROWS_AT_ONCE
from commerce.shelf.models import Thing


def put_order(order_id: uuid.UUID) -> int:
    """Put what is in an order on its buyer's shelf, if it arrived. Again puts nothing twice. Gives how many it put."""
    return _put(_arrived().filter(order=order_id))


def put_what_is_missing() -> int:
    """Put on shelves whatever arrived and is on none: what was taken over from elsewhere, which nobody told of."""
    total = 0
    while put := _put(_arrived().order_by("pk")[:ROWS_AT_ONCE]):
        total += put
    return total


def warranty_end(arrived: dt.datetime, months: int) -> dt.date | None:
    """The last day of a warranty of so many calendar months from the day of arrival here; None without one."""
    if not months:
        return None
    day = timezone.localtime(arrived, timezone.get_default_timezone()).date()
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _arrived() -> QuerySet[OrderLine]:
    rows = OrderLine.objects.filter(kind=LineKind.ITEM, order__fulfilment__in=THERE, thing=None)
    return rows.select_related("order__purchase")


def _put(lines: Iterable[OrderLine]) -> int:
    rows = [
        Thing(
            member_id=line.order.purchase.member_id,
            line=line,
            since=line.order.delivered_at,
            warranty_until=warranty_end(line.order.delivered_at, line.warranty_months),
        )
        for line in lines
        if line.order.delivered_at is not None
    ]
    Thing.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
