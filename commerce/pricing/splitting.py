"""One bill by the buyer's own labels (2.24): for whom, for what. The parts add up to the bill."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce import money
from commerce.pricing.quoting import PricedLine, PricedOrder


@dataclass(frozen=True)
class Share:
    """What one label comes to: its goods after discounts, and its part of the deliveries. `label` is empty for the rest."""

    label: str
    quantity: int
    goods: int
    delivery: int

    @property
    def amount(self) -> int:
        return self.goods + self.delivery


def by_label(orders: Sequence[PricedOrder]) -> list[Share]:
    """The share of each label, labels in alphabetical order, what has none last.

    A vendor's delivery is spread over its delivered lines by what they cost, evenly by pieces where all are free.
    """
    found: dict[str, list[int]] = {}
    for order in orders:
        parts = _delivery_parts(order)
        for line, part in zip(order.lines, parts, strict=True):
            share = found.setdefault(line.asked.label if line.asked else "", [0, 0, 0])
            share[0] += line.quantity
            share[1] += line.net
            share[2] += part
    return [Share(label, *found[label]) for label in sorted(found, key=lambda label: (not label, label))]


def _delivery_parts(order: PricedOrder) -> list[int]:
    if order.delivery is None:
        return [0] * len(order.lines)
    weights = [line.net if _delivered(line) else 0 for line in order.lines]
    if not sum(weights):
        weights = [line.quantity if _delivered(line) else 0 for line in order.lines]
    return money.allocate(order.delivery.net, weights)


def _delivered(line: PricedLine) -> bool:
    return line.asked is not None and line.asked.delivered
