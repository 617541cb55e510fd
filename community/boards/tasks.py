"""Jobs of boards."""

from django.utils.translation import gettext_lazy as _

from community.boards import hotness
from community.jobs.registry import Progress, job


@job(name="boards.cool_topics", title=_("Let hot topics cool"), every=600)
def cool_topics(progress: Progress) -> dict[str, int]:
    """Let time pass over every topic that is still hot (boards.hotness)."""
    return {"topics": hotness.cool()}
