"""A vendor tells who it is: managers its name and introduction, owners its trader data."""

from typing import Any

from django.db import transaction

from commerce.vendors.applying import fill
from commerce.vendors.errors import NoStaff, NotNow
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import MANAGERS, OWNERS
from community.members import standing
from community.members.models import Team
from community.outbox.events import publish

BY_MANAGERS = frozenset({"name", "introduction"})


@transaction.atomic
def describe(*, by: Any, vendor: Vendor, **changes: str) -> Vendor:
    """Change what is given; the team takes on the name. Raises NoStaff, NotNow (closed), BusinessNumberWrong."""
    standing.require_voice(by)
    row = Vendor.objects.select_for_update().get(pk=vendor.pk)
    roles = MANAGERS if changes.keys() <= BY_MANAGERS else OWNERS
    if not Vendor.objects.staffed_by(by, *roles).filter(pk=row.pk).exists():
        raise NoStaff
    if row.state == VendorState.CLOSED:
        raise NotNow
    before = {name: getattr(row, name) for name in changes}
    fill(row, **changes)
    changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
    if not changed:
        return row
    row.version += 1
    row.save()
    if "name" in changed:
        Team.objects.filter(pk=row.team_id).update(name=row.name)
    payload = {"vendor": str(row.pk), "fields": changed, "by": str(by.pk)}
    publish(topic="vendor.changed", key=str(row.pk), payload=payload)
    return row
