"""What a receipt says: who sold what to whom, at which price, with which tax in it. The page and the PDF share it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from commerce.orders import units
from commerce.orders.models import OrderLine, Purchase, Stage
from commerce.specifications.showing import in_words
from commerce.vendors.models import Vendor


@dataclass(frozen=True)
class Row:
    """A line of a receipt, in smallest units; `details` says options and what was specified."""

    title: str
    details: str
    label: str
    quantity: int
    unit_price: int
    amount: int
    taken: list[tuple[str, int]]
    cancelled: int
    returned: int


@dataclass(frozen=True)
class Part:
    """What one vendor sold, with what the law has a seller tell (전자상거래법, article 13)."""

    vendor: Vendor
    number: str
    rows: list[Row]
    amount: int


@dataclass(frozen=True)
class Tax:
    """The tax inside what was sold at one rate (basis points); `before` is the value without it."""

    rate: int
    before: int
    tax: int


@dataclass(frozen=True)
class Receipt:
    """A purchase as a paper. `back` is what was refunded in money, `points_back` in points."""

    number: str
    at: dt.datetime
    buyer: str
    parts: list[Part]
    goods: int
    discount: int
    delivery: int
    amount: int
    points: int
    points_worth: int
    total: int
    back: int
    points_back: int
    taxes: list[Tax]
    labels: list[tuple[str, int]] = field(default_factory=list)


def receipt_of(purchase: Purchase) -> Receipt:
    """The receipt of a paid purchase that was read whole (`reading.with_orders`)."""
    orders = list(purchase.orders.all())
    lines = [line for order in orders for line in order.lines.all()]
    goods = [line for line in lines if line.kind == "item"]
    delivery = [line for line in lines if line.kind == "delivery"]
    address: dict[str, Any] = purchase.address or {}
    return Receipt(
        number=purchase.number,
        at=purchase.paid_at or purchase.made_at,
        buyer=address.get("name") or purchase.member.shown_name,
        parts=[
            Part(order.vendor, order.number, [row_of(one) for one in order.lines.all()], order.amount)
            for order in orders
        ],
        goods=sum(line.amount for line in goods),
        discount=sum(line.discount for line in lines),
        delivery=sum(line.amount for line in delivery),
        amount=purchase.amount,
        points=purchase.points,
        points_worth=purchase.points_worth,
        total=purchase.total,
        back=purchase.refunded,
        points_back=purchase.points_returned,
        taxes=taxes_of(lines),
        labels=by_label(goods),
    )


def row_of(line: OrderLine) -> Row:
    said = [line.options] if line.options else []
    if line.schema is not None:
        said += [f"{name}: {value}" for name, value in in_words(line.schema, line.specification)]
    return Row(
        title=line.title,
        details=" · ".join(said),
        label=line.label,
        quantity=line.quantity,
        unit_price=line.unit_price,
        amount=line.amount,
        taken=[
            (str(Stage(one.stage).label), one.amount) for one in line.allocations.all() if one.stage != Stage.POINTS
        ],
        cancelled=line.cancelled,
        returned=line.returned,
    )


def taxes_of(lines: Iterable[OrderLine]) -> list[Tax]:
    """The taxes by rate of what was not given back, the highest rate first."""
    by_rate: dict[int, list[int]] = {}
    for line in lines:
        kept = units.summed(units.unit_prices(line)[line.cancelled + line.returned :])
        sums = by_rate.setdefault(line.tax_rate, [0, 0])
        sums[0] += kept.net
        sums[1] += kept.tax
    return [Tax(rate, net - tax, tax) for rate, (net, tax) in sorted(by_rate.items(), reverse=True)]


def by_label(lines: Iterable[OrderLine]) -> list[tuple[str, int]]:
    """What the goods cost by the buyer's own labels; nothing where there are none (2.24)."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.label] = sums.get(line.label, 0) + line.net
    if set(sums) <= {""}:
        return []
    return [
        (label or _("Without a label"), amount) for label, amount in sorted(sums.items(), key=lambda one: one[0] == "")
    ]


def seller(part: Part) -> str:
    """Who sold it, as the law has it told; the order's number at last."""
    vendor = part.vendor
    told = (
        vendor.legal_name,
        vendor.representative,
        _("business registration %(number)s") % {"number": vendor.business_number} if vendor.business_number else "",
        vendor.address,
        vendor.phone,
        _("order %(number)s") % {"number": part.number},
    )
    return " · ".join(words for words in told if words)


def sums(receipt: Receipt) -> list[tuple[str, int, bool]]:
    """What it comes to, line by line: words, amount, and whether it is the one that counts. Page and PDF show the same."""
    rows = [(_("Goods"), receipt.goods, False)]
    if receipt.discount:
        rows.append((_("Discounts"), -receipt.discount, False))
    if receipt.delivery:
        rows.append((_("Delivery"), receipt.delivery, False))
    if receipt.points:
        rows.append((_("Paid with %(n)s points") % {"n": f"{receipt.points:,}"}, -receipt.points_worth, False))
    rows.append((_("Paid"), receipt.total, True))
    if receipt.back:
        rows.append((_("Refunded"), -receipt.back, False))
    rows += [
        (_("Value without tax (%(rate)s %%)") % {"rate": f"{tax.rate / 100:g}"}, tax.before, False)
        for tax in receipt.taxes
    ]
    rows += [(_("Tax in it (%(rate)s %%)") % {"rate": f"{tax.rate / 100:g}"}, tax.tax, False) for tax in receipt.taxes]
    return rows
