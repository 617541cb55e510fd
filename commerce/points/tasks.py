"""Recurring work of points. Expiry is the ledger's."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from commerce.points.earning import release_due
from commerce.points.warning import warn_expiring
from community.jobs.registry import Progress, job


@job(name="points.release", title=_("Let pending points be spent whose time has come"), every=300)
def release(progress: Progress) -> dict[str, int]:
    return {"released": release_due()}


@job(name="points.warn", title=_("Tell members of points that expire soon"), at=crontab(hour="9", minute="40"))
def warn(progress: Progress) -> dict[str, int]:
    return {"told": warn_expiring()}
