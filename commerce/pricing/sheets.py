"""The reckoning of one line, from its price down; and one stage of discounts over all lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commerce import money
from commerce.delivery.reading import Offered
from commerce.pricing import registering
from commerce.pricing.asking import Asked
from commerce.pricing.conf import DELIVERY_TAX_RATE
from commerce.pricing.registering import Basket, BasketLine, Proposal, Tried


@dataclass(frozen=True)
class TakenOff:
    """Money taken off a line; `units[i]` is the part of its i-th piece, and they sum to `amount` (rule 2.5)."""

    stage: int
    source_kind: str
    source_id: UUID | None
    funder: str
    amount: int
    units: list[int]


@dataclass
class Sheet:
    """A line while it is reckoned: `units` is what is left to pay of each piece."""

    key: UUID
    vendor_id: UUID
    asked: Asked | None
    title: str
    quantity: int
    unit_price: int
    tax_rate: int
    units: list[int]
    taken: list[TakenOff] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity

    @property
    def left(self) -> int:
        return sum(self.units)

    @property
    def delivered(self) -> bool:
        return self.asked is not None and self.asked.delivered

    def take(self, amount: int, *, stage: int, source_kind: str, source_id: UUID | None, funder: str) -> None:
        """Take so much off, spread over the pieces by what is left of each. Nothing leaves no trace."""
        if amount:
            parts = money.allocate(amount, self.units)
            self.units = [unit - part for unit, part in zip(self.units, parts, strict=True)]
            self.taken.append(TakenOff(stage, source_kind, source_id, funder, amount, parts))

    def shown(self) -> BasketLine:
        variant = self.asked.variant if self.asked else None
        return BasketLine(
            self.key, self.vendor_id, variant, self.quantity, self.unit_price, self.left, tuple(self.units)
        )


def of_goods(asked: Asked) -> Sheet:
    product = asked.variant.product
    return Sheet(
        key=asked.key,
        vendor_id=product.vendor_id,
        asked=asked,
        title=product.title,
        quantity=asked.quantity,
        unit_price=asked.unit_price,
        tax_rate=product.tax_rate,
        units=[asked.unit_price] * asked.quantity,
    )


def of_delivery(method: Offered, fee: int) -> Sheet:
    return Sheet(
        key=method.vendor_id,
        vendor_id=method.vendor_id,
        asked=None,
        title=method.name,
        quantity=1,
        unit_price=fee,
        tax_rate=DELIVERY_TAX_RATE,
        units=[fee],
    )


def run(stage: int, every: Sequence[Sheet], member: Any, given: Sequence[Any]) -> list[Tried]:
    """Let the providers take off what they do at this stage; gives all that was tried.

    Every provider sees the same basket; of two proposals for one line the larger stands, unless both combine.
    """
    providers = registering.providers()
    if not providers:
        return []
    basket = Basket(stage, tuple(sheet.shown() for sheet in every), member, tuple(given))
    outcomes = [provider(basket) for provider in providers]
    tried = [told for outcome in outcomes for told in outcome.tried]
    by_key = {sheet.key: sheet for sheet in every}
    standing: list[Proposal] = []
    proposals = [one for outcome in outcomes for one in outcome.taken]
    for proposal in sorted(proposals, key=lambda one: -one.amount):
        if any(_exclude(proposal, other) for other in standing):
            tried.append(Tried(stage, proposal.name, 0, "better_one_applied", _("Another one takes off more.")))
            continue
        standing.append(proposal)
        _apply(stage, proposal, [by_key[key] for key in proposal.targets])
    return tried


def _exclude(one: Proposal, other: Proposal) -> bool:
    return not (one.combines and other.combines) and not set(one.targets).isdisjoint(other.targets)


def _apply(stage: int, proposal: Proposal, targets: Sequence[Sheet]) -> None:
    """Spread it over its lines by what is left of each; a total never falls below nothing."""
    left = [sheet.left for sheet in targets]
    for sheet, part in zip(targets, money.allocate(min(proposal.amount, sum(left)), left), strict=True):
        sheet.take(
            part,
            stage=stage,
            source_kind=proposal.source_kind,
            source_id=proposal.source_id,
            funder=proposal.funder,
        )
