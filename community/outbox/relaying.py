"""Deliver what is due: each delivery in its own transaction, with back-off, until it is done or given up."""

import datetime as dt
import traceback

import structlog
from django.db import connection, transaction

from community.foundation import clock
from community.outbox.events import Event, handler_named
from community.outbox.models import Delivery

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 12
BACK_OFF = [dt.timedelta(seconds=seconds) for seconds in (1, 5, 15, 60, 300, 900, 3600, 7200, 14400, 28800, 57600)]

# The first delivery that is due, is first of its handler and key, and that no other worker holds.
_NEXT = """
SELECT d.id FROM community_outbox_delivery d
WHERE d.state = 'pending' AND d.next_at <= %s
  AND NOT EXISTS (
    SELECT 1 FROM community_outbox_delivery e
    WHERE e.state = 'pending' AND e.handler = d.handler AND e.key = d.key AND e.id < d.id)
ORDER BY d.next_at, d.id
LIMIT 1 FOR UPDATE OF d SKIP LOCKED
"""


def relay_due(*, most: int = 500) -> int:
    """Deliver up to `most` due deliveries; gives how many were tried. Safe to run in several workers at once."""
    tried = 0
    while tried < most and relay_one():
        tried += 1
    return tried


def relay_one() -> bool:
    """Try the next due delivery. False when nothing is due."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [clock.now()])
            row = cursor.fetchone()
        if row is None:
            return False
        delivery = Delivery.objects.get(pk=row[0])
        delivery.attempts += 1
        try:
            with transaction.atomic():
                handler_named(delivery.handler)(Event(delivery.topic, delivery.key, delivery.payload))
        except Exception:
            _failed(delivery)
        else:
            delivery.state, delivery.done_at, delivery.error = Delivery.State.DONE, clock.now(), ""
        delivery.save(update_fields=["state", "attempts", "next_at", "done_at", "error"])
    return True


def _failed(delivery: Delivery) -> None:
    delivery.error = traceback.format_exc(limit=20)[-8000:]
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.state = Delivery.State.DEAD
        log.error("outbox_delivery_dead", delivery=delivery.pk, handler=delivery.handler)
        return
    delivery.next_at = clock.now() + BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1]
    log.warning("outbox_delivery_failed", delivery=delivery.pk, handler=delivery.handler, attempts=delivery.attempts)


@transaction.atomic
def replay(*, delivery_ids: list[int]) -> int:
    """Put dead deliveries back in line, from the first attempt; gives how many."""
    dead = Delivery.objects.filter(pk__in=delivery_ids, state=Delivery.State.DEAD)
    return dead.update(state=Delivery.State.PENDING, attempts=0, next_at=clock.now())
