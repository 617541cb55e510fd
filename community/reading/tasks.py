"""Jobs of reading: reminders, and forgetting what no longer matters."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.jobs.registry import Progress, job
from community.reading.bookmarking import BATCH, remind_due
from community.reading.models import Reading

KEPT = dt.timedelta(days=400)


@job(name="reading.remind", title=_("Send reminders of bookmarks"), every=60)
def remind(progress: Progress) -> dict[str, int]:
    told = 0
    while (batch := remind_due()) > 0:
        told += batch
        progress.tell(told)
        if batch < BATCH:
            break
    return {"reminded": told}


@job(name="reading.forget", title=_("Forget reading marks older than a year"), every=86_400)
def forget(progress: Progress) -> dict[str, int]:
    """Topics that old count as read anyway; the marks would only fill the table."""
    forgotten = 0
    while True:
        old = Reading.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values("pk")[:5000]
        deleted, _rows = Reading.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        forgotten += deleted
        progress.tell(forgotten)
        if deleted < 5000:
            return {"forgotten": forgotten}
