"""A cart as it is shown: lines by vendor with what they cost now, how it is delivered, and the bill by labels.

    shown = show(cart, member=request.user, chosen=request.GET)

The same number of queries however much is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.cart import holding
from commerce.cart.models import Cart, CartLine
from commerce.cart.picturing import Picture, pictures_of
from commerce.cart.reading import asked_lines
from commerce.delivery import addressing, reading
from commerce.delivery.errors import NotDeliveredThere
from commerce.delivery.fees import Destination, fee_of
from commerce.delivery.reading import Offered
from commerce.pricing.asking import Asked
from commerce.pricing.errors import TooDear
from commerce.pricing.quoting import PricedOrder, Quote, Tried, quote
from commerce.pricing.registering import DELIVERY
from commerce.pricing.splitting import Share, by_label
from commerce.specifications.showing import in_words
from commerce.vendors.models import Vendor
from community.foundation.problems import Problem

CHOICE = "delivery."
"""A choice of delivery is asked for as `delivery.<vendor slug>=<method id>`."""


@dataclass(frozen=True)
class ShownLine:
    """A line with its picture and its specification in words. `rise` is how much dearer (below 0: cheaper) one piece
    became since the buyer last saw it."""

    asked: Asked
    picture: Picture | None
    words: list[tuple[str, str]]

    @property
    def rise(self) -> int:
        return self.asked.unit_price - self.asked.seen_price

    @property
    def left(self) -> int | None:
        """How many there are, where fewer are left than asked for."""
        hindrance = self.asked.hindrance
        return hindrance.left if hindrance is not None and hindrance.code == "too_few" else None


@dataclass(frozen=True)
class Way:
    """A delivery method of a vendor, and what it would cost for what is in the cart; None where it does not get there."""

    method: Offered
    fee: int | None


@dataclass(frozen=True)
class Shelf:
    """What is bought from one vendor. `order` is what of it can be bought, None where nothing can."""

    vendor: Vendor
    lines: list[ShownLine]
    ways: list[Way]
    chosen: Offered
    order: PricedOrder | None
    free_delivery: Tried | None
    other_choices: dict[str, str]
    """The choices of delivery from the other vendors, for the form of this one."""

    @property
    def towards_free(self) -> int:
        """How much of the threshold of free delivery is reached."""
        return (self.chosen.free_from or 0) - ((self.free_delivery and self.free_delivery.missing) or 0)

    @property
    def delivered(self) -> bool:
        return any(line.asked.delivered for line in self.lines)

    @property
    def goods(self) -> int:
        """What the goods that can be bought cost, before discounts."""
        return sum(line.amount for line in self.order.lines) if self.order else 0

    @property
    def delivery(self) -> int:
        return self.order.delivery.net if self.order and self.order.delivery else 0


@dataclass(frozen=True)
class Shown:
    """The whole cart. `refusal` is what stands in the way of all of it (an address abroad, too large a sum)."""

    cart: Cart | None
    shelves: list[Shelf]
    quote: Quote
    shares: list[Share]
    destination: Destination | None
    refusal: Problem | None = None
    lines: list[ShownLine] = field(default_factory=list)

    @property
    def hindered(self) -> list[ShownLine]:
        return [line for line in self.lines if line.asked.hindrance]

    @property
    def buyable(self) -> bool:
        """Whether all of it can be bought as it stands."""
        return bool(self.lines) and not self.hindered and self.refusal is None

    @property
    def pieces(self) -> int:
        return sum(line.asked.quantity for line in self.lines)

    @property
    def labels(self) -> list[str]:
        return sorted({line.asked.label for line in self.lines} - {""})

    @property
    def split(self) -> bool:
        """Whether the buyer labelled anything."""
        return any(share.label for share in self.shares)

    @property
    def goods(self) -> int:
        return sum(shelf.goods for shelf in self.shelves)

    @property
    def delivery(self) -> int:
        return sum(shelf.delivery for shelf in self.shelves)

    @property
    def discount(self) -> int:
        return sum(line.discount for order in self.quote.orders for line in order.lines)


def show(cart: Cart | None, *, member: Any, chosen: Mapping[str, str]) -> Shown:
    """The cart as it is now; `chosen` may name a delivery method of a vendor (see CHOICE), the default serves else."""
    asked = asked_lines(cart.pk) if cart else []
    vendors = {line.variant.product.vendor_id: line.variant.product.vendor for line in asked}
    methods = reading.methods_of(vendors)
    taken = {key: _chosen(methods[key], chosen.get(CHOICE + vendors[key].slug, "")) for key in vendors}
    known = _destination_of(member)
    priced, refusal, destination = _priced([line for line in asked if not line.hindrance], member, taken, known)
    pictures = pictures_of([line.variant for line in asked])
    lines = [ShownLine(line, pictures.get(line.variant.pk), _words(line)) for line in asked]
    named = {CHOICE + vendors[key].slug: method.id for key, method in taken.items() if method.id != methods[key][0].id}
    orders = {order.vendor.pk: order for order in priced.orders}
    told = _thresholds(priced, taken)
    shelves = [
        Shelf(
            vendor=vendor,
            lines=[line for line in lines if line.asked.variant.product.vendor_id == key],
            ways=[Way(method, _fee(method, orders.get(key), known)) for method in methods[key]],
            chosen=taken[key],
            order=orders.get(key),
            free_delivery=told.get(key),
            other_choices={name: id for name, id in named.items() if name != CHOICE + vendor.slug},
        )
        for key, vendor in vendors.items()
    ]
    return Shown(cart, shelves, priced, by_label(priced.orders), destination, refusal, lines)


def note_seen(shown: Shown) -> None:
    """The buyer has been shown these prices: from here on no more is charged without asking (2.22). Raises Busy, CartGone."""
    prices = {line.asked.key: line.asked.unit_price for line in shown.lines if line.rise}
    if shown.cart is not None and prices:
        _write_seen(shown.cart, prices)


@transaction.atomic
def _write_seen(cart: Cart, prices: Mapping[UUID, int]) -> None:
    cart = holding.locked(cart)
    rows = list(CartLine.objects.filter(cart=cart, pk__in=prices).order_by("pk"))
    for row in rows:
        row.seen_price = prices[row.pk]
    CartLine.objects.bulk_update(rows, ["seen_price"])


def _priced(
    buyable: Sequence[Asked], member: Any, taken: Mapping[UUID, Offered], destination: Destination | None
) -> tuple[Quote, Problem | None, Destination | None]:
    """The quote; where it cannot be made, that of no destination, or of nothing, with what stands in the way."""
    try:
        return quote(buyable, member=member, methods=taken, destination=destination), None, destination
    except NotDeliveredThere as refusal:
        return quote(buyable, member=member, methods=taken), refusal, None
    except TooDear as refusal:
        return quote([], member=member, methods={}), refusal, destination


def _fee(method: Offered, order: PricedOrder | None, destination: Destination | None) -> int | None:
    goods = sum(line.net for line in order.lines if line.asked and line.asked.delivered) if order else 0
    try:
        return fee_of(method, goods, destination).amount
    except NotDeliveredThere:
        return None


def _chosen(methods: Sequence[Offered], wanted: str) -> Offered:
    return next((method for method in methods if method.id == wanted), methods[0])


def _destination_of(member: Any) -> Destination | None:
    """Where the member's last parcel went; nothing is known of guests and newcomers."""
    known = addressing.latest_of(member)
    return addressing.destination_of(addressing.as_kept(known)) if known else None


def _thresholds(priced: Quote, taken: Mapping[UUID, Offered]) -> dict[UUID, Tried]:
    by_vendor = {tried.vendor_id: tried for tried in priced.tried if tried.stage == DELIVERY and tried.vendor_id}
    return {key: by_vendor[key] for key in taken if key in by_vendor}


def _words(line: Asked) -> list[tuple[str, str]]:
    return in_words(line.schema, line.specification) if line.schema else []
