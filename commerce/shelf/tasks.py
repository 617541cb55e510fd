from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from commerce.shelf import inviting, shelving
from community.jobs.registry import Progress, job


@job(name="shelf.invite", title=_("Ask buyers what they think"), every=900)
def invite(progress: Progress) -> dict[str, Any]:
    return {"asked": inviting.invite_due()}


@job(name="shelf.put", title=_("Put what arrived on shelves"), at=crontab(hour="4", minute="40"))
def put(progress: Progress) -> dict[str, Any]:
    return {"put": shelving.put_what_is_missing()}
