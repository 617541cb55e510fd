"""What is available, as everyone may know it."""

from collections.abc import Iterable
from uuid import UUID

from commerce.catalog.models import ProductKind, Variant
from commerce.stock.conf import MOST


def available(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many of each variant can be bought now; MOST of files and of what is made to order
    without being counted; none of goods that were never counted.

    Variants that do not exist are left out. One query.
    """
    rows = Variant.objects.filter(pk__in=set(variant_ids)).values_list("pk", "product__kind", "stock__available")
    return {id: _number(kind, number) for id, kind, number in rows}


def can_be_counted(kind: str) -> bool:
    """Whether things of this kind can lie on a shelf. What is made to order may, where blanks are counted; files never."""
    return kind != ProductKind.DIGITAL


def _number(kind: str, number: int | None) -> int:
    if kind == ProductKind.DIGITAL or (kind == ProductKind.MADE_TO_ORDER and number is None):
        return MOST
    return number or 0
