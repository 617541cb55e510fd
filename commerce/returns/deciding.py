"""The vendor answers, or lets the time to answer pass."""

import uuid
from typing import Any

from django.db import transaction

from commerce.returns import conf, fetching
from commerce.returns.accepting import accept
from commerce.returns.errors import RefusedWithoutReason
from commerce.returns.models import Return, ReturnState
from commerce.returns.moving import move
from community.foundation import clock
from community.foundation.problems import Overlong


@transaction.atomic
def decide(*, by: Any, return_id: uuid.UUID, accepted: bool, reason: str = "") -> Return:
    """Accept a return, or turn it down and say why. What needs no way back (files) counts as received at once.

    Raises NotThere, NotYourOrder, ReturnMoved (409), RefusedWithoutReason, Overlong, Busy.
    """
    reason = reason.strip()
    if len(reason) > conf.LONGEST_REASON:
        raise Overlong(conf.LONGEST_REASON, field="reason")
    row, _order = fetching.for_staff(by=by, return_id=return_id)
    if accepted:
        accept(row, by=by, reason=reason)
        return row
    if not reason:
        raise RefusedWithoutReason(field="reason")
    move(row, "rejected", by=by, reason=reason, answer=reason, decided_by=by, decided_at=clock.now())
    return row


@transaction.atomic
def accept_unanswered(return_id: uuid.UUID) -> bool:
    """Accept a return that nobody answered in time; False if somebody did meanwhile."""
    row = Return.objects.select_related("order").filter(pk=return_id).first()
    if row is None:
        return False
    row, _order = fetching.locked(row)
    if row.state != ReturnState.REQUESTED or row.due_at is None or row.due_at > clock.now():
        return False
    accept(row, by=None)
    return True
