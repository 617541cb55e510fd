"""Declare a recurring job in an app's tasks.py:

    @job(name="reading.refresh_hot", title=_("Refresh what is hot"), every=600)
    def refresh_hot(progress: Progress) -> dict: ...

A job is idempotent and resumable. Two runs of one job never overlap: the second finds the advisory lock taken and
leaves. Each run leaves a row with progress, result or error. Operators change the schedule in the admin.
"""

import hashlib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import Task, shared_task
from celery.schedules import crontab
from django.db import connection
from django.utils.functional import Promise

from community.foundation import clock
from community.jobs.models import Run


class Progress:
    """Lets a job tell how far it is; writes at most twice a second."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._told = 0.0

    def tell(self, done: int, total: int | None = None) -> None:
        if time.monotonic() - self._told > 0.5:
            self._told = time.monotonic()
            Run.objects.filter(pk=self._run.pk).update(done=done, total=total)


Work = Callable[[Progress], dict[str, Any] | None]


@dataclass(frozen=True)
class Job:
    """A declared job: `every` seconds, or `at` a crontab (site's time zone)."""

    name: str
    title: str | Promise
    work: Work
    every: int | None = None
    at: crontab | None = None

    @property
    def frequent(self) -> bool:
        """Runs so often that only its last good run is kept."""
        return self.every is not None and self.every < 300


_jobs: dict[str, Job] = {}
_tasks: dict[str, Task] = {}


def job(
    *, name: str, title: str | Promise, every: int | None = None, at: crontab | None = None
) -> Callable[[Work], Work]:
    """Declare a function as a job; it becomes the Celery task of this name."""
    if (every is None) == (at is None):
        raise ValueError(f"job {name} needs either every= or at=")

    def declare(work: Work) -> Work:
        def task() -> None:
            run(name)

        _jobs[name] = Job(name, title, work, every, at)
        _tasks[name] = shared_task(name=name)(task)
        return work

    return declare


def jobs() -> dict[str, Job]:
    """All declared jobs by name."""
    return dict(_jobs)


def run_soon(name: str) -> None:
    """Ask a worker to run the job now. Raises kombu's OperationalError when the broker is down."""
    _tasks[name].delay()


def run(name: str) -> dict[str, Any] | None:
    """Run the job here and now. None when another worker is running it.

    Raises whatever the job raises, after the run row says so.
    """
    lock = int.from_bytes(hashlib.sha256(f"job:{name}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        if not cursor.fetchone()[0]:
            return None
        try:
            return _recorded(_jobs[name])
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _recorded(job: Job) -> dict[str, Any] | None:
    Run.objects.filter(name=job.name, state=Run.State.RUNNING).update(
        state=Run.State.FAILED, finished_at=clock.now(), error="The worker stopped before the end."
    )
    row = Run.objects.create(name=job.name, started_at=clock.now())
    try:
        row.result = job.work(Progress(row))
        row.state = Run.State.DONE
        if job.frequent:
            Run.objects.filter(name=job.name, state=Run.State.DONE).delete()
        return row.result
    except Exception:
        row.state, row.error = Run.State.FAILED, traceback.format_exc(limit=20)[-8000:]
        raise
    finally:
        row.finished_at = max(clock.now(), row.started_at)
        row.save(update_fields=["state", "finished_at", "result", "error"])
