"""What a vendor offers to deliver, and for how much."""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.catalog.locks import may_sell_for
from commerce.delivery.errors import MethodInvalid, NotYourDelivery, TooManyMethods
from commerce.delivery.models import Method, MethodKind
from commerce.money import MOST, NoAmount
from commerce.vendors.models import Vendor
from community.foundation.characters import line, visible_line, within
from community.foundation.problems import NotThere

MOST_METHODS = 10
LONGEST_WAY = 365
FIELDS = (
    "kind", "name", "name_ko", "fee", "free_from", "remote_fee", "abroad_fee",
    "days_least", "days_most", "place", "position", "active",
)  # fmt: skip
AMOUNTS = ("fee", "free_from", "remote_fee", "abroad_fee")
NAME_LENGTH, PLACE_LENGTH = 80, 300


@transaction.atomic
def offer(*, by: Any, vendor: Vendor, **told: Any) -> Method:
    """A new way of delivery; it stands last unless a position is told.

    Raises NotYourDelivery, TooManyMethods, MethodInvalid, NoAmount, Blank, Overlong.
    """
    vendor = _locked(by, vendor.pk)
    number = Method.objects.filter(vendor=vendor).count()
    if number >= MOST_METHODS:
        raise TooManyMethods
    row = Method(vendor=vendor, **{"position": number, **_known(told)})
    _check(row)
    row.save()
    return row


@transaction.atomic
def change(*, by: Any, method_id: UUID, **told: Any) -> Method:
    """Change what is told of it; what was bought already keeps its copy. Raises NotThere and as `offer`."""
    row = method_of(by, method_id)
    for name, value in _known(told).items():
        setattr(row, name, value)
    _check(row)
    row.save()
    return row


@transaction.atomic
def withdraw(*, by: Any, method_id: UUID) -> None:
    """Offer it no more, for good. Raises NotThere, NotYourDelivery."""
    method_of(by, method_id).delete()


def method_of(by: Any, method_id: UUID) -> Method:
    """A method under the lock of its vendor. Raises NotThere for what `by` may not see, NotYourDelivery."""
    found = Method.objects.visible_to(by).filter(pk=method_id).first()
    if found is None:
        raise NotThere
    _locked(by, found.vendor_id)
    row = Method.objects.filter(pk=method_id).select_related("vendor").first()
    if row is None:
        raise NotThere
    return row


def _locked(by: Any, vendor_id: UUID) -> Vendor:
    vendor = Vendor.objects.select_for_update(no_key=True).get(pk=vendor_id)
    if not may_sell_for(by, vendor):
        raise NotYourDelivery
    return vendor


def _known(told: dict[str, Any]) -> dict[str, Any]:
    unknown = set(told) - set(FIELDS)
    if unknown:
        raise TypeError(f"a delivery method has no {', '.join(sorted(unknown))}")
    return told


def _check(row: Method) -> None:
    """What the database would refuse, said by its field."""
    row.name = visible_line(row.name, field="name", most=NAME_LENGTH)
    row.name_ko = within(line(row.name_ko), field="name_ko", most=NAME_LENGTH)
    row.place = within(line(row.place), field="place", most=PLACE_LENGTH)
    for name in AMOUNTS:
        value = getattr(row, name)
        if value is not None and not (type(value) is int and 0 <= value <= MOST):
            raise NoAmount(field=name)
    if row.kind not in MethodKind.values:
        raise MethodInvalid(field="kind")
    if not 0 <= row.days_least <= row.days_most <= LONGEST_WAY:
        raise MethodInvalid.days()
    if row.kind == MethodKind.PICKUP and not row.place:
        raise MethodInvalid.place()
