"""The one way in which a state of a purchase or an order changes: by a rule of `machines`, into the history, told to others.

    stepping.step(order, Axis.FULFILMENT, "shipped", by=member)
    stepping.step_all(orders, Axis.ORDER, "placed", placed_at=moment)      the same for several rows, in as few statements

The caller holds the lock of the row. Columns that change with the state are given by name.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commerce.orders import machines
from commerce.orders.errors import IllegalStep
from commerce.orders.models import Axis, Order, OrderEvent, Purchase
from community.foundation import clock
from community.outbox.events import publish


def step(
    row: Any,
    axis: str,
    event: str,
    *,
    by: Any = None,
    reason: str = "",
    reference: uuid.UUID | None = None,
    **columns: Any,
) -> OrderEvent:
    """Let `event` happen to a locked purchase or order. Raises IllegalStep (409 `not_now`), and nothing changed then."""
    return step_all([row], axis, event, by=by, reason=reason, reference=reference, **columns)[0]


def step_all(
    rows: Sequence[Any],
    axis: str,
    event: str,
    *,
    by: Any = None,
    reason: str = "",
    reference: uuid.UUID | None = None,
    **columns: Any,
) -> list[OrderEvent]:
    """Let `event` happen to several locked purchases, or several orders, that stand at one state; as `step`."""
    if not rows:
        return []
    column, moment = machines.COLUMNS[Axis(axis)], clock.now()
    rules = [_rule(axis, event, row) for row in rows]
    befores = [getattr(row, column) for row in rows]
    for row, rule in zip(rows, rules, strict=True):
        setattr(row, column, rule.after)
        for name, value in columns.items():
            setattr(row, name, value)
    kind, afters = type(rows[0]), {rule.after for rule in rules}
    if len(afters) > 1:
        raise ValueError("these rows do not go to one state")
    kind._base_manager.filter(pk__in=[row.pk for row in rows]).update(**{column: afters.pop(), **columns})
    return note(
        [(row, before, rule.after) for row, before, rule in zip(rows, befores, rules, strict=True)],
        axis,
        event,
        by=by,
        reason=reason,
        reference=reference,
        at=moment,
    )


def note(
    moved: Sequence[tuple[Any, str, str]],
    axis: str,
    event: str,
    *,
    by: Any = None,
    reason: str = "",
    reference: uuid.UUID | None = None,
    at: Any = None,
) -> list[OrderEvent]:
    """Write steps into the history and tell others: (purchase or order, from, to) each. For axes of other rows too, which
    then pass the order they belong to."""
    steps = [
        OrderEvent(
            purchase_id=row.pk if isinstance(row, Purchase) else row.purchase_id,
            order_id=row.pk if isinstance(row, Order) else None,
            axis=axis,
            event=event,
            before=before,
            after=after,
            by=by,
            reason=reason,
            reference=reference,
            at=at or clock.now(),
        )
        for row, before, after in moved
    ]
    OrderEvent.objects.bulk_create(steps)
    for one in steps:
        _tell(one)
    return steps


def _rule(axis: str, event: str, row: Any) -> machines.Rule:
    found = machines.find(axis, getattr(row, machines.COLUMNS[Axis(axis)]), event, row)
    if found is None:
        raise IllegalStep(refusal(axis, row))
    return found


def refusal(axis: str, row: Any) -> str:
    """Where the row stands, and what is possible from there, in words."""
    column = machines.COLUMNS[Axis(axis)]
    stands = {"number": row.number, "state": getattr(row, f"get_{column}_display")()}
    events = ", ".join(dict.fromkeys(str(machines.DOING[event]) for event in machines.possible(axis, row)))
    if not events:
        return _("That is not possible now: %(number)s stands at “%(state)s”, and nothing follows on that.") % stands
    said = _("That is not possible now: %(number)s stands at “%(state)s”. What is possible: %(events)s.")
    return said % {**stands, "events": events}


def _tell(one: OrderEvent) -> None:
    """`order.<event>` with the order as its key, or `purchase.<event>` with the purchase."""
    payload = {"purchase": str(one.purchase_id), "step": str(one.pk)}
    if one.order_id is None:
        publish(topic=f"purchase.{one.event}", key=str(one.purchase_id), payload=payload)
    else:
        payload |= {"order": str(one.order_id)}
        publish(topic=f"order.{one.event}", key=str(one.order_id), payload=payload)
