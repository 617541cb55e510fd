from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from commerce.vendors import replying
from commerce.vendors.models import Vendor
from community.jobs.registry import Progress, job


@job(name="vendors.reply_times", title=_("How long vendors take to answer"), at=crontab(hour=4, minute=20))
def reply_times(progress: Progress) -> dict[str, Any]:
    """Every open vendor's median time to a first answer."""
    done = 0
    for vendor in Vendor.objects.open().order_by("pk").iterator():
        replying.refresh(vendor)
        done += 1
        progress.tell(done)
    return {"vendors": done}
