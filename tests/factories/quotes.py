"""Quotes for tests, in the shape of pricing's, made of variants and numbers."""

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from commerce import money
from commerce.catalog.models import ProductKind, Variant


@dataclass
class Asked:
    key: uuid.UUID
    variant: Variant
    quantity: int
    unit_price: int
    specification: dict[str, Any] = field(default_factory=dict)
    schema: Any = None
    label: str = ""


@dataclass
class TakenOff:
    stage: int
    source_kind: str
    source_id: uuid.UUID | None
    funder: str
    amount: int
    units: list[int]


@dataclass
class PricedLine:
    asked: Asked | None
    title: str
    quantity: int
    unit_price: int
    tax_rate: int
    discounts: list[TakenOff] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity

    @property
    def discount(self) -> int:
        return sum(taken.amount for taken in self.discounts if taken.stage != 7)

    @property
    def points_worth(self) -> int:
        return sum(taken.amount for taken in self.discounts if taken.stage == 7)

    @property
    def net(self) -> int:
        return self.amount - self.discount

    @property
    def to_pay(self) -> int:
        return self.net - self.points_worth

    @property
    def tax(self) -> int:
        return money.included_tax(self.net, self.tax_rate)


@dataclass
class Offered:
    id: str
    kind: str
    name: str
    fee: int = 0
    place: str = ""


@dataclass
class PricedOrder:
    vendor: Any
    method: Offered | None
    lines: list[PricedLine]
    delivery: PricedLine | None = None

    @property
    def _all(self) -> list[PricedLine]:
        return [*self.lines, *([self.delivery] if self.delivery else [])]

    @property
    def amount(self) -> int:
        return sum(line.net for line in self._all)

    @property
    def points_worth(self) -> int:
        return sum(line.points_worth for line in self._all)

    @property
    def total(self) -> int:
        return self.amount - self.points_worth


@dataclass
class Quote:
    orders: list[PricedOrder]
    points: int = 0

    @property
    def amount(self) -> int:
        return sum(order.amount for order in self.orders)

    @property
    def points_worth(self) -> int:
        return sum(order.points_worth for order in self.orders)

    @property
    def total(self) -> int:
        return self.amount - self.points_worth


PARCEL = Offered("standard", "parcel", "Parcel", fee=3000)
PICKUP = Offered("counter", "pickup", "Pick-up at the store", place="1 Madang Street, 10:00 to 19:00")


def an_asked(variant: Variant, quantity: int = 1, **fields: Any) -> Asked:
    fields.setdefault("unit_price", variant.price)
    return Asked(key=uuid.uuid4(), variant=variant, quantity=quantity, **fields)


def a_quote(*asked: Asked, method: Offered = PARCEL, points: int = 0, off: int = 0, funder: str = "vendor") -> Quote:
    """One order a vendor, each delivered by `method` (files by none); `off` comes off each vendor's goods, `points` at last."""
    by_vendor = itertools.groupby(
        sorted(asked, key=lambda one: str(one.variant.vendor_id)), lambda one: one.variant.vendor
    )
    orders = []
    for vendor, group in by_vendor:
        lines = [
            PricedLine(one, one.variant.product.title, one.quantity, one.unit_price, one.variant.product.tax_rate)
            for one in group
        ]
        files = all(line.asked.variant.product.kind == ProductKind.DIGITAL for line in lines)
        fee = 0 if files else method.fee
        delivery = PricedLine(None, method.name, 1, fee, 1000) if fee else None
        orders.append(PricedOrder(vendor, None if files else method, lines, delivery))
        _take_off(lines, off, stage=3, source=("coupon", uuid.uuid4()), funder=funder)
    worth = points * 10 ** money.decimals(settings.CURRENCY)
    _take_off([line for order in orders for line in order._all], worth, stage=7, source=("points", None), funder="site")
    return Quote(orders, points)


def _take_off(lines: list[PricedLine], amount: int, *, stage: int, source: Any, funder: str) -> None:
    nets = [line.net for line in lines]
    for line, part in zip(lines, money.allocate(amount, nets), strict=True):
        if part:
            left = [line.unit_price] * line.quantity
            for taken in line.discounts:
                left = [one - off for one, off in zip(left, taken.units, strict=True)]
            line.discounts.append(TakenOff(stage, *source, funder, part, money.allocate(part, left)))
