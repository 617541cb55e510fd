"""What takes money off: coupons, sales and the like, each a provider registered by its app in AppConfig.ready.

    registering.register("coupons", propose)

For each stage of rule 2.2 before the points, in order, `propose(basket)` is asked what it would take off. `basket` holds
the lines with what is left of each after the earlier stages, so a minimum is tested on the amount that enters its own
stage. The answer is an Outcome: what to take off, and everything that was tried, with why or why not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

SALE, VENDOR_ITEM, VENDOR_CART, SITE_ITEM, SITE_CART, DELIVERY, POINTS = range(1, 8)
STAGES = (SALE, VENDOR_ITEM, VENDOR_CART, SITE_ITEM, SITE_CART, DELIVERY)
"""The stages at which providers are asked (numbers as kept with orders)."""


@dataclass(frozen=True)
class BasketLine:
    """A line as a stage finds it. `key` is the cart line's, or the vendor's for its delivery (`variant` None there).

    `left` is what is still to be paid of it, `units` how much of that falls on each piece.
    """

    key: UUID
    vendor_id: UUID
    variant: Any
    quantity: int
    unit_price: int
    left: int
    units: tuple[int, ...]


@dataclass(frozen=True)
class Basket:
    """`given` is what the buyer put in (codes, grants); a provider knows its own. `member` is None for guests."""

    stage: int
    lines: tuple[BasketLine, ...]
    member: Any
    given: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Tried:
    """A discount that was looked at: what it took off (`amount`, may be 0), and why or why not.

    `code` is fixed ("applied", "below_minimum", …), `sentence` says it to the buyer; `missing` is how much more would
    reach it, None where more does not help. `vendor_id` is set where it is about one vendor's goods.
    """

    stage: int
    name: str
    amount: int
    code: str
    sentence: str
    missing: int | None = None
    vendor_id: UUID | None = None


@dataclass(frozen=True)
class Proposal:
    """Take `amount` off these lines together; `funder` bears it: "vendor" or "site".

    Of two that want the same line at one stage the larger is taken, unless both say that they `combine` (rule 2.2).
    """

    name: str
    targets: tuple[UUID, ...]
    amount: int
    source_kind: str
    source_id: UUID | None
    funder: str
    combines: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a provider takes off at a stage, and what it tried."""

    taken: Sequence[Proposal] = ()
    tried: Sequence[Tried] = ()


Provider = Callable[[Basket], Outcome]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    _providers[name] = provider


def providers() -> list[Provider]:
    """All of them, in a fixed order."""
    return [_providers[name] for name in sorted(_providers)]
