"""How orders are drawn."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commerce.orders import carriers, possible, receipts, wording
from commerce.orders.models import LineKind, Order, OrderLine, Parcel, Purchase, Stage
from commerce.orders.wording import Standing
from commerce.specifications.showing import in_words

register = template.Library()
PLAIN_SPACE = 4


@register.simple_tag
def standing(order: Order) -> Standing:
    return wording.standing(order)


@register.simple_tag
def goods(order: Order) -> list[OrderLine]:
    """Its lines without the delivery."""
    return [line for line in order.lines.all() if line.kind == LineKind.ITEM]


@register.simple_tag
def buyer_acts(order: Order) -> list[str]:
    return possible.for_buyer(order)


@register.simple_tag
def tracking(parcel: Parcel) -> str:
    return carriers.tracking_url(parcel.carrier, parcel.tracking)


@register.simple_tag
def carrier(parcel: Parcel) -> str:
    return carriers.name_of(parcel.carrier) or _("Parcel")


@register.simple_tag
def day(moment: dt.datetime) -> str:
    """A day as people say it; with its year where that is not this one."""
    here = timezone.localtime(moment)
    same = here.year == timezone.localtime().year
    return date_format(here, "MONTH_DAY_FORMAT" if same else "DATE_FORMAT")


@register.simple_tag
def seller_of(part: receipts.Part) -> str:
    return receipts.seller(part)


@register.filter
def summary(row: Order | Purchase) -> str:
    return wording.summary(row)


@register.filter
def grouped(code: str) -> str:
    """A code in fours, so that it can be read out."""
    return " ".join(code[place : place + PLAIN_SPACE] for place in range(0, len(code), PLAIN_SPACE))


@register.filter
def line_words(line: OrderLine) -> list[tuple[str, str]]:
    return in_words(line.schema, line.specification) if line.schema is not None else []


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key, or nothing."""
    return (found or {}).get(key, ())


@register.filter
def all_lines(orders: Iterable[Order]) -> list[OrderLine]:
    return [line for order in orders for line in order.lines.all()]


@register.filter
def sums_of(lines: Iterable[OrderLine], row: Order | Purchase) -> list[tuple[str, int, bool]]:
    """Words, amount, and whether it is the one that counts: goods, each kind of discount, delivery, points, what was paid,
    what went back."""
    lines = list(lines)
    rows = [(_("Goods"), sum(line.amount for line in lines if line.kind == LineKind.ITEM), False)]
    rows += [(words, -amount, False) for words, amount in _taken(lines).items()]
    delivery = sum(line.amount for line in lines if line.kind == LineKind.DELIVERY)
    rows.append((_("Delivery"), delivery, False))
    if row.points_worth:
        rows.append((_("Paid in points"), -row.points_worth, False))
    rows.append((_("Paid") if _is_paid(row) else _("To pay"), row.total, True))
    if row.refunded:
        rows.append((_("Refunded"), -row.refunded, False))
    return rows


def _taken(lines: Iterable[OrderLine]) -> dict[str, int]:
    taken: dict[str, int] = {}
    for line in lines:
        for one in line.allocations.all():
            if one.stage != Stage.POINTS:
                words = str(Stage(one.stage).label)
                taken[words] = taken.get(words, 0) + one.amount
    return taken


def _is_paid(row: Order | Purchase) -> bool:
    return (row.paid_at if isinstance(row, Purchase) else row.placed_at) is not None
