"""What a buyer decides at the checkout, and what the cart costs by it: the page shows what `starting` will charge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from commerce.cart.reading import asked_lines
from commerce.checkout.errors import AddressNeeded, CannotBeBought, EmptyCart, PriceRose, UnknownVendor
from commerce.delivery.addressing import checked, destination_of
from commerce.delivery.errors import UnknownMethod
from commerce.delivery.reading import Offered, methods_of
from commerce.pricing.quoting import Asked, Quote, quote


@dataclass(frozen=True)
class Choice:
    """Where to, how, and with what. `deliveries` are method ids by vendor slug; a vendor left out delivers by its default.

    `agreed` is the total that the buyer was shown (smallest units), if a page showed one: nothing above it is charged.
    """

    payment_method: str
    address: Mapping[str, Any] | None = None
    deliveries: Mapping[str, str] = field(default_factory=dict)
    points: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)
    agreed: int | None = None


@dataclass(frozen=True)
class Priced:
    """A cart as it would be bought: its lines, the methods of each vendor, the price, and the address as it is kept."""

    lines: Sequence[Asked]
    methods: Mapping[UUID, list[Offered]]
    quote: Quote
    address: dict[str, str] | None


def priced(cart_id: UUID, choice: Choice, *, member: Any) -> Priced:
    """What the cart costs now, by this choice. Raises EmptyCart, UnknownVendor, UnknownMethod, AddressInvalid,
    TooManyPoints, NotDeliveredThere."""
    lines = asked_lines(cart_id)
    if not lines:
        raise EmptyCart
    vendors = {line.variant.product.vendor.slug: line.variant.product.vendor_id for line in lines}
    unknown = (set(choice.deliveries) | set(choice.notes)) - set(vendors)
    if unknown:
        raise UnknownVendor(field="deliveries")
    methods = methods_of(vendors.values())
    chosen = {
        key: _method(methods[key], choice.deliveries[slug]) if slug in choice.deliveries else methods[key][0]
        for slug, key in vendors.items()
    }
    address = checked(choice.address) if choice.address else None
    total = quote(
        lines,
        member=member,
        methods=chosen,
        destination=destination_of(address) if address else None,
        points=choice.points,
    )
    return Priced(lines, methods, total, address)


def require_buyable(found: Priced, choice: Choice) -> None:
    """Raises CannotBeBought, AddressNeeded, PriceRose: what a page may show, but nobody is charged for."""
    hindrances = [
        (line.variant.product.title, line.hindrance.code, line.hindrance.sentence)
        for line in found.lines
        if line.hindrance is not None
    ]
    if hindrances:
        raise CannotBeBought(hindrances)
    if found.address is None and any(order.method and not order.method.picked_up for order in found.quote.orders):
        raise AddressNeeded(field="address")
    rose = any(line.unit_price > line.seen_price for line in found.lines)
    if rose or (choice.agreed is not None and found.quote.total > choice.agreed):
        raise PriceRose


def _method(offered: Sequence[Offered], id: str) -> Offered:
    found = next((one for one in offered if one.id == id), None)
    if found is None:
        raise UnknownMethod(field="deliveries")
    return found
