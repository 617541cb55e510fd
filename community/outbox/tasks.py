"""The relay: woken by each publish, and by the clock in case a wake-up was lost with Valkey."""

import datetime as dt

from celery import shared_task
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from community.foundation import clock
from community.jobs.registry import job
from community.outbox import events
from community.outbox.models import Delivery
from community.outbox.relaying import relay_due

KEPT = dt.timedelta(days=14)


@shared_task(name="outbox.relay", acks_late=False)
def relay() -> int:
    """Deliver what is due."""
    return relay_due()


def _wake() -> None:
    try:
        relay.delay()
    except (OperationalError, RedisError, OSError):
        return


events.wakers.append(_wake)


@job(name="outbox.relay_due", title=_("Deliver waiting events"), every=5)
def relay_by_clock(progress: object) -> dict[str, int]:
    """What no wake-up reached."""
    return {"tried": relay_due()}


@job(name="outbox.clean", title=_("Drop delivered events after two weeks"), every=3600)
def clean(progress: object) -> dict[str, int]:
    deleted, _rows = Delivery.objects.filter(state=Delivery.State.DONE, done_at__lt=clock.now() - KEPT).delete()
    return {"deleted": deleted}
