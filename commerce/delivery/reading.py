"""What delivery methods vendors offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from commerce.delivery.models import Method, MethodKind

STANDARD = "standard"
"""The id of the method of vendors who made none."""


@dataclass(frozen=True)
class Offered:
    """A delivery method as a buyer may choose it. Amounts are smallest units, taxes included.

    `free_from` is None where it is never free, `abroad_fee` None where it does not leave Korea. `name` is in the
    language of who asked.
    """

    id: str
    vendor_id: UUID
    kind: str
    name: str
    fee: int = 0
    free_from: int | None = None
    remote_fee: int = 0
    abroad_fee: int | None = 0
    days_least: int = 1
    days_most: int = 3
    place: str = ""

    @property
    def picked_up(self) -> bool:
        return self.kind == MethodKind.PICKUP


def methods_of(vendor_ids: Iterable[UUID]) -> dict[UUID, list[Offered]]:
    """What each of these vendors offers, its default first. One query; nobody is left with nothing to choose."""
    found: dict[UUID, list[Offered]] = {vendor_id: [] for vendor_id in vendor_ids}
    if found:
        for row in Method.objects.offered().filter(vendor__in=found):
            found[row.vendor_id].append(offered(row))
    return {vendor_id: rows or [standard(vendor_id)] for vendor_id, rows in found.items()}


def offered(row: Method) -> Offered:
    """A method of a vendor's own."""
    return Offered(
        id=str(row.pk),
        vendor_id=row.vendor_id,
        kind=row.kind,
        name=row.shown_name,
        fee=row.fee,
        free_from=row.free_from,
        remote_fee=row.remote_fee,
        abroad_fee=row.abroad_fee,
        days_least=row.days_least,
        days_most=row.days_most,
        place=row.place,
    )


def standard(vendor_id: UUID) -> Offered:
    """What a vendor offers who has said nothing: a parcel that costs nothing, everywhere."""
    return Offered(id=STANDARD, vendor_id=vendor_id, kind=MethodKind.PARCEL, name=_("Parcel"))
