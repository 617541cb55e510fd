"""What is available, as everyone may know it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from commerce.catalog.models import ProductKind, Variant
from commerce.stock.conf import MOST
from community.foundation import prepared


def available(variant_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many of each variant can be bought now; MOST of files and of what is made to order
    without being counted; none of goods that were never counted.

    Variants that do not exist are left out. One query.
    """
    rows = Variant.objects.filter(pk__in=set(variant_ids)).values_list("pk", "product__kind", "stock__available")
    return {id: _number(kind, number) for id, kind, number in rows}


def available_of(variant_id: UUID) -> int:
    """As `available`, of one variant, by a statement that is kept: every product's page asks it."""
    rows = prepared.rows("available of one", _counted, variant_id=variant_id)
    return _number(*rows[0]) if rows else 0


def _counted(variant_id: UUID) -> QuerySet[Variant, tuple[str, int | None]]:
    return Variant.objects.filter(pk=variant_id).values_list("product__kind", "stock__available")


def can_be_counted(kind: str) -> bool:
    """Whether things of this kind can lie on a shelf. What is made to order may, where blanks are counted; files never."""
    return kind != ProductKind.DIGITAL


def _number(kind: str, number: int | None) -> int:
    if kind == ProductKind.DIGITAL or (kind == ProductKind.MADE_TO_ORDER and number is None):
        return MOST
    return number or 0
