"""Returns as pages and REST read them: whole, in a constant number of queries."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from commerce.checkout.giving_back import Back, worth_of
from commerce.orders.models import LineKind, Order, OrderLine
from commerce.returns.asking import in_open_returns, reasons_for, returnable
from commerce.returns.models import Return, ReturnLine
from commerce.returns.models import Why as Reason
from community.foundation.problems import NotThere


def whole(rows: QuerySet[Return]) -> QuerySet[Return]:
    """Joined with their lines and the order. Three queries, however many rows."""
    lines = ReturnLine.objects.select_related("line__product__subject__picture").order_by("line__position", "id")
    return rows.select_related("order__vendor", "order__purchase__member").prefetch_related(
        Prefetch("lines", lines.prefetch_related("line__allocations"))
    )


def find_return(viewer: Any, **which: Any) -> Return:
    """A return by its number or id, whole. Raises NotThere if `viewer` may not see it."""
    found = whole(Return.objects.visible_to(viewer).filter(**which)).first()
    if found is None:
        raise NotThere
    return found


def order_with_lines(viewer: Any, number: str) -> Order:
    """An order by its number, with what `returnable_of` and the pages need. Raises NotThere; only its buyer gives back."""
    lines = OrderLine.objects.select_related("product__subject__picture").order_by("position", "id")
    rows = Order.objects.select_related("vendor", "purchase").prefetch_related(Prefetch("lines", lines))
    found = rows.visible_to(viewer).filter(number=number, purchase__member=viewer).first()
    if found is None:
        raise NotThere
    return found


def of_order(order_id: UUID, viewer: Any) -> list[Return]:
    """The returns of an order, newest first, whole."""
    return list(whole(Return.objects.visible_to(viewer).filter(order=order_id)).order_by("-requested_at", "-pk"))


def expected(row: Return) -> Back:
    """What its units would bring back, as things stand now: those that arrived, or all before they did. The delivery, which
    only a whole order brings back, is not in it. The return is whole."""
    back = Back()
    for one in row.lines.all():
        count = (one.received if row.received_at else one.quantity) - one.refunded
        already = one.line.cancelled + one.line.returned
        back += worth_of(one.line, min(count, one.line.quantity - already), already=already)
    return back


def returnable_of(order: Order) -> list[tuple[Any, int, list[str]]]:
    """The lines of an order of which some can come back now: (line, how many, for which reasons). The order is whole."""
    goods = [line for line in order.lines.all() if line.kind == LineKind.ITEM]
    taken = in_open_returns(goods)
    found = [(line, returnable(line, taken.get(line.pk, 0)), reasons_for(order, line)) for line in goods]
    return [(line, count, reasons) for line, count, reasons in found if count and reasons]


def reason_words(reasons: list[str]) -> list[tuple[str, str]]:
    """Reasons with their words, for a choice."""
    return [(reason, str(Reason(reason).label)) for reason in reasons]
