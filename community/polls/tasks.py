"""Jobs of polls."""

from django.utils.translation import gettext_lazy as _

from community.jobs.registry import Progress, job
from community.polls.closing import BATCH, tell_closed


@job(name="polls.tell_closed", title=_("Tell of polls that have closed"), every=60)
def tell_of_closed_polls(progress: Progress) -> dict[str, int]:
    told = 0
    while (batch := tell_closed()) > 0:
        told += batch
        progress.tell(told)
        if batch < BATCH:
            break
    return {"told": told}
