"""Rows for the admin pages of this app."""

from community.foundation import clock
from community.jobs.models import Run
from tests.admin.rows import rows


@rows("community_jobs.Run")
def _run() -> None:
    Run.objects.create(name="notifications.clean", started_at=clock.now())
