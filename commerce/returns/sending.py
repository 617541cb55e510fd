"""The buyer sends it back, or keeps it after all."""

import uuid
from typing import Any

from django.db import transaction

from commerce.orders import carriers
from commerce.returns import conf, fetching
from commerce.returns.errors import NotSent, ReturnMoved
from commerce.returns.models import Return, ReturnState
from commerce.returns.moving import move, refusal
from community.foundation import clock


@transaction.atomic
def tell_sent(*, by: Any, return_id: uuid.UUID, carrier: str = "", tracking: str = "") -> Return:
    """Note that it is on its way; said again, it corrects the number. Raises NotThere, NotYourOrder, NotSent,
    ReturnMoved (409), Busy."""
    row, _order = fetching.for_buyer(by=by, return_id=return_id)
    number = carriers.tidied(tracking)
    if not number and not carrier:
        raise NotSent(field="carrier")
    if row.state != ReturnState.ACCEPTED:
        raise ReturnMoved(refusal(row))
    moment = clock.now()
    row.carrier, row.tracking, row.sent_at = carrier, number, row.sent_at or moment
    row.due_at = moment + conf.ARRIVES_WITHIN
    row.save(update_fields=["carrier", "tracking", "sent_at", "due_at"])
    return row


@transaction.atomic
def withdraw(*, by: Any, return_id: uuid.UUID) -> Return:
    """The buyer keeps it after all. Raises NotThere, NotYourOrder, ReturnMoved (409), Busy."""
    row, _order = fetching.for_buyer(by=by, return_id=return_id)
    move(row, "withdrawn", by=by)
    return row


@transaction.atomic
def lapse(return_id: uuid.UUID) -> bool:
    """Let an accepted return go that nobody sent, or that never came; False if it moved on meanwhile."""
    row = Return.objects.select_related("order").filter(pk=return_id).first()
    if row is None:
        return False
    row, _order = fetching.locked(row)
    if row.state != ReturnState.ACCEPTED or row.due_at is None or row.due_at > clock.now():
        return False
    move(row, "withdrawn", reason="lapsed")
    return True
