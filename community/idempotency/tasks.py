"""Recurring work of this app."""

from django.utils.translation import gettext_lazy as _

from community.idempotency.replaying import forget_old
from community.jobs.registry import Progress, job


@job(name="idempotency.forget_old", title=_("Drop stored replies after a week"), every=3600)
def forget(progress: Progress) -> dict[str, int]:
    return {"deleted": forget_old()}
