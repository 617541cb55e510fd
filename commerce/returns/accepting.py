"""A return is accepted, by the vendor or by time."""

from typing import Any

from commerce.returns import conf
from commerce.returns.arriving import Inspected, received
from commerce.returns.models import Return
from commerce.returns.moving import move
from community.foundation import clock


def accept(row: Return, *, by: Any, reason: str = "") -> None:
    """Accept a locked return; `by` is None where nobody answered in time. What needs no way back (files) counts as
    received at once. Raises ReturnMoved."""
    moment = clock.now()
    told = {"answer": reason, "decided_by": by, "decided_at": moment}
    move(
        row, "accepted", by=by, reason=reason or ("" if by else "unanswered"), due_at=moment + conf.SENT_WITHIN, **told
    )
    if not row.order.method_kind:
        received(row, {one: Inspected(one.quantity, 0) for one in row.lines.select_related("line")}, by=by)
