"""Recurring work about members."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import clear_expired

from community.foundation import clock
from community.jobs.registry import Progress, job
from community.members import conf, exporting, leaving, trust
from community.members.models import Activity, Member


@job(name="members.review_trust", title=_("Review trust levels"), every=3600)
def review_trust(progress: Progress) -> dict[str, Any]:
    """Raise and lower trust levels by the rules, in batches that each commit."""
    looked_at = changed = 0
    total = Member.objects.filter(erased_at=None).count()
    for batch in trust.batches():
        changed += trust.review_members(batch)
        looked_at += len(batch)
        progress.tell(looked_at, total)
    return {"looked_at": looked_at, "changed": changed}


@job(name="members.tidy", title=_("Forget old archives, tokens and activity"), every=86_400)
def tidy(progress: Progress) -> dict[str, Any]:
    """Remove what has had its time: archives, expired tokens, activity older than 400 days."""
    clear_expired()
    old, _rows = Activity.objects.filter(day__lt=clock.today() - conf.ACTIVITY_KEPT).delete()
    return {"archives": exporting.forget_old(), "activity": old, "swept": leaving.sweep_erased()}
