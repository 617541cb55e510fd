"""What becomes of a vendor: operators approve, refuse, suspend and reopen; it is closed by them or by its owner."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from commerce.vendors.errors import NoStaff, NotNow, ReasonNeeded
from commerce.vendors.models import Vendor, VendorState
from commerce.vendors.staffing import OWNERS
from community.foundation import clock
from community.members.models import Team
from community.outbox.events import publish


@dataclass(frozen=True)
class Step:
    """From which states, to which one, and whether it needs a reason."""

    name: str
    before: frozenset[str]
    after: str
    reasoned: bool = True


APPROVE = Step("approved", frozenset({VendorState.APPLIED}), VendorState.APPROVED, reasoned=False)
REFUSE = Step("refused", frozenset({VendorState.APPLIED}), VendorState.REFUSED)
SUSPEND = Step("suspended", frozenset({VendorState.APPROVED}), VendorState.SUSPENDED)
REOPEN = Step("reopened", frozenset({VendorState.SUSPENDED}), VendorState.APPROVED, reasoned=False)
CLOSE = Step("closed", frozenset({VendorState.APPROVED, VendorState.SUSPENDED}), VendorState.CLOSED)
STEPS = {step.name: step for step in (APPROVE, REFUSE, SUSPEND, REOPEN, CLOSE)}


def approve(*, by: Any, vendor: Vendor, reason: str = "") -> Vendor:
    """Open the vendor; its team speaks in public from now on. Raises NoStaff, NotNow (409)."""
    return _decide(APPROVE, by, vendor, reason)


def refuse(*, by: Any, vendor: Vendor, reason: str) -> Vendor:
    """Refuse the application; it may be corrected and handed in again. Raises NoStaff, NotNow, ReasonNeeded."""
    return _decide(REFUSE, by, vendor, reason)


def suspend(*, by: Any, vendor: Vendor, reason: str) -> Vendor:
    """Nothing of it is sold until it is reopened; what was sold is still served. Raises as `refuse`."""
    return _decide(SUSPEND, by, vendor, reason)


def reopen(*, by: Any, vendor: Vendor, reason: str = "") -> Vendor:
    """End a suspension. Raises as `approve`."""
    return _decide(REOPEN, by, vendor, reason)


def close(*, by: Any, vendor: Vendor, reason: str) -> Vendor:
    """End the vendor for good; its owner may do that too. Raises as `refuse`."""
    return _decide(CLOSE, by, vendor, reason)


@transaction.atomic
def _decide(step: Step, by: Any, vendor: Vendor, reason: str) -> Vendor:
    row = Vendor.objects.select_for_update().get(pk=vendor.pk)
    own = step is CLOSE and Vendor.objects.staffed_by(by, *OWNERS).filter(pk=row.pk).exists()
    if not (by.is_operator or own):
        raise NoStaff
    if row.state not in step.before:
        raise NotNow
    reason = reason.strip()
    if step.reasoned and not reason:
        raise ReasonNeeded(field="reason")
    row.state, row.decision_reason = step.after, reason
    row.decided_by, row.decided_at = by, clock.now()
    row.version += 1
    row.save(update_fields=["state", "decision_reason", "decided_by", "decided_at", "version"])
    if step is APPROVE:
        Team.objects.filter(pk=row.team_id).update(speaks=True)
    payload = {"vendor": str(row.pk), "step": step.name, "version": row.version, "by": str(by.pk)}
    publish(topic="vendor.decided", key=str(row.pk), payload=payload)
    return row
