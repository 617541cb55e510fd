"""What it costs: goods, discounts by stage, delivery by vendor, taxes included, points last (rules 2.2, 2.5).

The code that shows a price is the code that charges it. Pure: it reads no table but what providers read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from commerce import money
from commerce.delivery.fees import Destination
from commerce.delivery.reading import Offered, standard
from commerce.pricing import registering, sheets
from commerce.pricing.asking import Asked
from commerce.pricing.deliveries import delivery_of
from commerce.pricing.errors import InvalidPoints, TooDear, TooManyPoints
from commerce.pricing.registering import Tried
from commerce.pricing.sheets import Sheet, TakenOff
from commerce.vendors.models import Vendor

__all__ = ["Asked", "PricedLine", "PricedOrder", "Quote", "TakenOff", "Tried", "quote", "worth_of"]


@dataclass(frozen=True)
class PricedLine:
    """A line with every amount that the order keeps (smallest units). `asked` is None for a delivery.

    `discounts` has all that was taken off, points too; `discount` is the sum without points, `net` = amount - discount,
    on which `tax` (included) is reckoned, `to_pay` = net - points_worth.
    """

    asked: Asked | None
    title: str
    quantity: int
    unit_price: int
    amount: int
    discounts: list[TakenOff]
    discount: int
    points_worth: int
    net: int
    to_pay: int
    tax_rate: int
    tax: int


@dataclass(frozen=True)
class PricedOrder:
    """What one vendor is bought from. `method` is None where nothing is carried; `delivery` None where that costs nothing.

    `amount` = total + points_worth: the net of its lines and of its delivery.
    """

    vendor: Vendor
    method: Offered | None
    lines: list[PricedLine]
    delivery: PricedLine | None
    amount: int
    points_worth: int
    total: int

    @property
    def all_lines(self) -> list[PricedLine]:
        """Its lines, the delivery last."""
        return [*self.lines, *([self.delivery] if self.delivery else [])]


@dataclass(frozen=True)
class Quote:
    """What all of it costs. `points` of the amount are paid in points, worth `points_worth`; `total` is paid in money."""

    orders: list[PricedOrder]
    amount: int
    points: int
    points_worth: int
    total: int
    tax: int
    tried: list[Tried]


def quote(
    lines: Sequence[Asked],
    *,
    member: Any,
    methods: Mapping[UUID, Offered],
    destination: Destination | None = None,
    points: int = 0,
    given: Sequence[Any] = (),
) -> Quote:
    """The price of these lines, by vendor in the order in which they come.

    `methods` names the delivery method chosen of each vendor. Raises InvalidPoints, TooManyPoints, TooDear and
    NotDeliveredThere.
    """
    worth = worth_of(points)
    goods = [sheets.of_goods(asked) for asked in lines]
    if sum(sheet.left for sheet in goods) > money.MOST:
        raise TooDear
    tried: list[Tried] = []
    for stage in registering.STAGES[:-1]:
        tried += sheets.run(stage, goods, member, given)
    vendors = {sheet.vendor_id: sheet.asked.variant.product.vendor for sheet in goods if sheet.asked}
    chosen = {
        key: methods.get(key) or standard(key)
        for key in vendors
        if any(sheet.delivered for sheet in goods if sheet.vendor_id == key)
    }
    deliveries: dict[UUID, Sheet] = {}
    for key, method in chosen.items():
        sheet, told = delivery_of(method, vendors[key], goods, destination)
        deliveries.update({key: sheet} if sheet else {})
        tried += told
    every = [*goods, *deliveries.values()]
    tried += sheets.run(registering.DELIVERY, every, member, given)
    _pay_in_points(every, worth)
    return _summed(vendors, chosen, goods, deliveries, points, tried)


def worth_of(points: int) -> int:
    """Smallest units that so many points pay: one point is one whole unit of the currency. Raises InvalidPoints."""
    if type(points) is not int or points < 0:
        raise InvalidPoints(field="points")
    return points * 10 ** money.decimals(settings.CURRENCY)


def _pay_in_points(every: Sequence[Sheet], worth: int) -> None:
    """Spread them over all lines, deliveries too, by what is left of each."""
    if worth > sum(sheet.left for sheet in every):
        raise TooManyPoints(field="points")
    for sheet, part in zip(every, money.allocate(worth, [sheet.left for sheet in every]), strict=True):
        sheet.take(part, stage=registering.POINTS, source_kind="points", source_id=None, funder="site")


def _summed(
    vendors: Mapping[UUID, Vendor],
    chosen: Mapping[UUID, Offered],
    goods: Sequence[Sheet],
    deliveries: Mapping[UUID, Sheet],
    points: int,
    tried: list[Tried],
) -> Quote:
    orders = []
    for key, vendor in vendors.items():
        lines = [_priced(sheet) for sheet in goods if sheet.vendor_id == key]
        delivery = _priced(deliveries[key]) if key in deliveries else None
        every = [*lines, *([delivery] if delivery else [])]
        orders.append(
            PricedOrder(
                vendor=vendor,
                method=chosen.get(key),
                lines=lines,
                delivery=delivery,
                amount=sum(line.net for line in every),
                points_worth=sum(line.points_worth for line in every),
                total=sum(line.to_pay for line in every),
            )
        )
    return Quote(
        orders=orders,
        amount=sum(order.amount for order in orders),
        points=points,
        points_worth=sum(order.points_worth for order in orders),
        total=sum(order.total for order in orders),
        tax=sum(line.tax for order in orders for line in order.all_lines),
        tried=tried,
    )


def _priced(sheet: Sheet) -> PricedLine:
    discount = sum(taken.amount for taken in sheet.taken if taken.stage != registering.POINTS)
    paid_in_points = sum(taken.amount for taken in sheet.taken if taken.stage == registering.POINTS)
    net = sheet.amount - discount
    return PricedLine(
        asked=sheet.asked,
        title=sheet.title,
        quantity=sheet.quantity,
        unit_price=sheet.unit_price,
        amount=sheet.amount,
        discounts=sheet.taken,
        discount=discount,
        points_worth=paid_in_points,
        net=net,
        to_pay=net - paid_in_points,
        tax_rate=sheet.tax_rate,
        tax=money.included_tax(net, sheet.tax_rate),
    )
