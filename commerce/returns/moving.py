"""The one way in which the state of a return changes: by a rule of the axis RETURN, into the history of its order."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from commerce.orders import machines
from commerce.orders.models import Axis
from commerce.orders.stepping import note
from commerce.returns.errors import ReturnMoved
from commerce.returns.models import OPEN, Return
from community.foundation import clock


def move(
    row: Return, event: str, *, by: Any = None, reason: str = "", due_at: dt.datetime | None = None, **columns: Any
) -> None:
    """Let `event` happen to a locked return; `due_at` is the clock of its new state, none where that is an end.

    The step in the history of the order refers to the return. Raises ReturnMoved (409), and nothing changed then.
    """
    rule = machines.find(Axis.RETURN, row.state, event, row)
    if rule is None:
        raise ReturnMoved(refusal(row))
    ended = None if rule.after in OPEN else clock.now()
    before = row.state
    told = {"state": rule.after, "due_at": due_at, "ended_at": ended, **columns}
    for name, value in told.items():
        setattr(row, name, value)
    row.save(update_fields=list(told))
    note([(row.order, before, rule.after)], Axis.RETURN, event, by=by, reason=reason, reference=row.pk)


def refusal(row: Return) -> str:
    """Where it stands, and what is possible from there, in words."""
    stands = {"number": row.number, "state": row.get_state_display()}
    rules = machines.rules_from(Axis.RETURN, row.state)
    events = ", ".join(dict.fromkeys(str(machines.DOING[rule.event]) for rule in rules))
    if not events:
        return _("That is not possible now: %(number)s stands at “%(state)s”, and nothing follows on that.") % stands
    said = _("That is not possible now: %(number)s stands at “%(state)s”. What is possible: %(events)s.")
    return said % {**stands, "events": events}
