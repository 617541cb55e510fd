"""What each unit of a line cost, and what goes back when some are given back (rule 2.5). All parts add up exactly.

Money taken off a line is kept per unit (`Allocation.units`); commission and tax of the line are spread over its units by
what each was sold for. Units are given back first to last, cancelled and returned ones alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from commerce import money
from commerce.orders.errors import TooManyUnits
from commerce.orders.models import Stage


@dataclass(frozen=True)
class UnitPrice:
    """One unit in smallest units: what the vendor sells it for, what of it is paid in points and what in money, and the
    parts of the line's tax and commission (tax in it) that fall on it."""

    net: int
    points_worth: int
    to_pay: int
    tax: int
    commission: int
    commission_tax: int

    def __add__(self, other: "UnitPrice") -> "UnitPrice":
        return UnitPrice(*(getattr(self, name) + getattr(other, name) for name in _NAMES))


_NAMES = ("net", "points_worth", "to_pay", "tax", "commission", "commission_tax")
NOTHING = UnitPrice(0, 0, 0, 0, 0, 0)


def unit_prices(line: Any) -> list[UnitPrice]:
    """The price of each unit of a line, from its allocations (prefetched, or one query)."""
    nets, points = [line.unit_price] * line.quantity, [0] * line.quantity
    for taken in line.allocations.all():
        reduced = points if taken.stage == Stage.POINTS else nets
        sign = 1 if taken.stage == Stage.POINTS else -1
        for place, part in enumerate(taken.units):
            reduced[place] += sign * part
    spread = [money.allocate(total, nets) for total in (line.tax, line.commission, line.commission_tax)]
    return [
        UnitPrice(net, worth, net - worth, *parts) for net, worth, *parts in zip(nets, points, *spread, strict=True)
    ]


def refund_of(line: Any, count: int, already: int) -> UnitPrice:
    """What goes back for the next `count` units of a line of which `already` were given back: money (`to_pay`), the worth
    of points, and the vendor's side of it. Raises TooManyUnits."""
    if count < 0 or already < 0 or already + count > line.quantity:
        raise TooManyUnits
    return summed(unit_prices(line)[already : already + count])


def summed(prices: Iterable[UnitPrice]) -> UnitPrice:
    total = NOTHING
    for price in prices:
        total += price
    return total
