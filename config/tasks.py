from django.utils.translation import gettext_lazy as _

from community.jobs.registry import Progress, job
from config.heartbeat import beat_lives


@job(name="config.beat_lives", title=_("Show that the scheduler and a worker are alive"), every=60)
def show_that_beat_lives(progress: Progress) -> None:
    beat_lives()
