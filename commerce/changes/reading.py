"""A product's change log as a reader sees it: each change with its credits, and the score before and since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commerce.catalog.models import Product
from commerce.changes import scoring
from commerce.changes.models import Cause, Change
from commerce.changes.scoring import Effect
from commerce.changes.sources import Credit, credits_of
from community.foundation import paging
from community.foundation.paging import Page
from community.foundation.problems import NotThere

ORDER = ("-changed_on", "-id")


@dataclass(frozen=True)
class Told:
    """A change with what of its causes the reader may see."""

    change: Change
    credits: list[Credit]
    effect: Effect

    @property
    def pk(self) -> UUID:
        return self.change.pk

    @property
    def thanked(self) -> list[Any]:
        """The members behind it, each once."""
        return list({one.author.pk: one.author for one in self.credits if one.author is not None}.values())


def page_of(product: Product, reader: Any, *, cursor: str | None = None, size: int = paging.PAGE_SIZE) -> Page[Any]:
    """The changes that stand, newest first; as many queries however many rows."""
    rows = Change.objects.visible_to(reader).standing().filter(product=product)
    page = paging.keyset(rows, order=ORDER, cursor=cursor, size=size)
    return Page(told(product, page.items, reader), page.next, page.previous, page.order)  # type: ignore[type-var]


def find_change(product: Product, change_id: UUID, reader: Any) -> Change:
    """A change of this product; its vendor finds withdrawn ones too. Raises NotThere."""
    found = Change.objects.visible_to(reader).filter(product=product, pk=change_id).first()
    if found is None:
        raise NotThere
    found.product = product
    return found


def told(product: Product, changes: Sequence[Change], reader: Any) -> list[Told]:
    """These changes of one product, for the reader."""
    credits = credits_of(Cause.objects.filter(change__in=changes), reader) if changes else {}
    effects = scoring.effects(product.subject, [one.changed_on for one in changes]) if changes else {}
    for one in changes:
        one.product = product
    return [Told(one, credits.get(one.pk, []), effects[one.changed_on]) for one in changes]
