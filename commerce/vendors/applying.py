"""A member asks to sell here. The vendor and its team are made at once, unseen until an operator approves."""

from typing import Any

from django.db import transaction

from commerce.vendors import trader
from commerce.vendors.errors import NoStaff, NotNow, TooManyApplications
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import OWNERS
from community.foundation import clock, markdown
from community.foundation.problems import Invalid
from community.members import standing, teaming
from community.members.models import Member, Team
from community.outbox.events import publish

RESERVED = frozenset({"apply", "new", "desk", "staff"})
MOST_WAITING = 3


@transaction.atomic
def apply(*, by: Any, slug: str, name: str, introduction: str = "", **trader_data: str) -> Vendor:
    """Apply to sell; `by` becomes the owner of the vendor's new team. `trader_data` are the fields of trader.FIELDS.

    Raises EmailUnverified or Silenced, Invalid (`slug_taken`), BusinessNumberWrong, TooManyApplications (409).
    """
    standing.require_voice(by)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # rivals of one member are counted one by one
    if Vendor.objects.filter(applied_by=by, state=VendorState.APPLIED).count() >= MOST_WAITING:
        raise TooManyApplications
    if slug in RESERVED or Vendor.objects.filter(slug=slug).exists():
        raise Invalid(code="slug_taken", field="slug")
    name = name.strip()
    team = teaming.create_team(slug=slug, name=name, by=by, speaks=False)
    vendor = Vendor(team=team, slug=slug, name=name, applied_by=by, applied_at=clock.now())
    fill(vendor, introduction=introduction, **trader_data)
    vendor.save(force_insert=True)
    publish(topic="vendor.applied", key=str(vendor.pk), payload={"vendor": str(vendor.pk), "by": str(by.pk)})
    return vendor


@transaction.atomic
def apply_again(*, by: Any, vendor: Vendor, **changes: str) -> Vendor:
    """Correct a refused application and hand it in again. Raises NoStaff, NotNow (409), BusinessNumberWrong."""
    standing.require_voice(by)
    row = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if not Vendor.objects.staffed_by(by, *OWNERS).filter(pk=row.pk).exists():
        raise NoStaff
    if row.state != VendorState.REFUSED:
        raise NotNow
    fill(row, **changes)
    row.state, row.applied_at = VendorState.APPLIED, clock.now()
    row.version += 1
    row.save()
    publish(topic="vendor.applied", key=str(row.pk), payload={"vendor": str(row.pk), "by": str(by.pk)})
    return row


def enrol(team: Team) -> Vendor:
    """An approved vendor for a team, by a command on the machine itself; its trader data wait to be filled in."""
    vendor = Vendor.objects.filter(team=team).first()
    if vendor is None:
        vendor = Vendor.objects.create(team=team, slug=team.slug, name=team.name, state=VendorState.APPROVED)
    elif vendor.state == VendorState.APPLIED:
        vendor.state, vendor.decided_at = VendorState.APPROVED, clock.now()
        vendor.save(update_fields=["state", "decided_at"])
        Team.objects.filter(pk=team.pk).update(speaks=True)
    return vendor


def fill(vendor: Vendor, **told: str) -> None:
    """Put checked trader data and the introduction on the row. Raises BusinessNumberWrong."""
    for name, value in told.items():
        setattr(vendor, name, value.strip())
    if "business_number" in told:
        vendor.business_number = trader.business_number(told["business_number"])
    if "introduction" in told:
        vendor.introduction_html, vendor.renderer = markdown.render(vendor.introduction).html, markdown.VERSION
