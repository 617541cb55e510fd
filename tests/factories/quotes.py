"""Quotes for tests, reckoned by pricing itself."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from commerce.catalog.models import Variant
from commerce.delivery.reading import Offered
from commerce.pricing import registering
from commerce.pricing.quoting import Asked, Quote, quote
from commerce.pricing.registering import Basket, Outcome, Proposal

PARCEL = Offered("parcel", uuid.UUID(int=0), "parcel", "Parcel", fee=3_000)
FREE = replace(PARCEL, fee=0)
PICKUP = Offered("counter", uuid.UUID(int=0), "pickup", "Pick-up at the store", place="1 Madang Street, 10:00 to 19:00")


@dataclass(frozen=True)
class Off:
    """So much off the goods of each vendor."""

    amount: int
    funder: str = "vendor"


def take_off(basket: Basket) -> Outcome:
    """A provider that knows what a test gave, and nothing else."""
    if basket.stage != registering.VENDOR_CART:
        return Outcome()
    by_vendor: dict[uuid.UUID, list[uuid.UUID]] = {}
    for line in basket.lines:
        by_vendor.setdefault(line.vendor_id, []).append(line.key)
    return Outcome(
        [
            Proposal("Welcome", tuple(keys), off.amount, "coupon", uuid.uuid4(), off.funder)
            for off in basket.given
            if isinstance(off, Off)
            for keys in by_vendor.values()
        ]
    )


registering.register("tests", take_off)


def an_asked(variant: Variant, quantity: int = 1, **fields: Any) -> Asked:
    fields.setdefault("unit_price", variant.price)
    return Asked(key=uuid.uuid4(), variant=variant, quantity=quantity, **fields)


def a_quote(*asked: Asked, method: Offered = PARCEL, points: int = 0, off: int = 0, funder: str = "vendor") -> Quote:
    """The price of these, delivered by `method`; `off` comes off the goods of each vendor, `points` at last."""
    vendors = {one.variant.product.vendor_id for one in asked}
    methods = {vendor_id: replace(method, vendor_id=vendor_id) for vendor_id in vendors}
    given = [Off(off, funder)] if off else []
    return quote(asked, member=None, methods=methods, points=points, given=given)
