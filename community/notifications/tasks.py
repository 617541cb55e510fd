"""The jobs of letters and notices."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.jobs.registry import Progress, job
from community.notifications import digests, sending
from community.notifications.conf import KEPT_LETTERS, KEPT_NOTICES
from community.notifications.models import Letter, Notice


@job(name="notifications.send_letters", title=_("Send waiting letters"), every=10)
def send_letters(progress: Progress) -> dict[str, int]:
    return sending.send_due()


@job(name="notifications.queue_digests", title=_("Put the digests that are due in line"), every=900)
def queue_digests(progress: Progress) -> dict[str, int]:
    return {"queued": digests.queue_digests(tell=progress.tell)}


@job(name="notifications.clean", title=_("Drop old notices and the words of old letters"), every=86_400)
def clean(progress: Progress) -> dict[str, int]:
    moment = clock.now()
    notices, _rows = Notice.objects.filter(at__lt=moment - KEPT_NOTICES).delete()
    over = ~Q(state__in=[Letter.State.QUEUED, Letter.State.SENDING])
    letters, _rows = Letter.objects.filter(over, queued_at__lt=moment - KEPT_LETTERS).delete()
    return {"notices": notices, "letters": letters}
