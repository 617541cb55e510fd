"""Puts the schedule of each declared job in the database, once; after that it belongs to the operators."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError

from community.jobs.registry import Job, jobs


def plan_missing(using: str = "default", **kwargs: Any) -> None:
    """After migrate: add a periodic task for each job that has none. Existing ones are left as operators set them."""
    task_model = apps.get_model("django_celery_beat.PeriodicTask")
    try:
        known = set(task_model.objects.using(using).values_list("name", flat=True))
    except ProgrammingError:  # the scheduler's own tables come later in the same migrate
        return
    for job in jobs().values():
        if job.name not in known:
            _plan(task_model, job)


def _plan(task_model: Any, job: Job) -> None:
    if job.every is not None:
        interval = apps.get_model("django_celery_beat.IntervalSchedule")
        when = {"interval": interval.objects.get_or_create(every=job.every, period="seconds")[0]}
    else:
        cron, plan = job.at, apps.get_model("django_celery_beat.CrontabSchedule")
        fields = {
            "minute": str(cron._orig_minute),  # type: ignore[union-attr]
            "hour": str(cron._orig_hour),  # type: ignore[union-attr]
            "day_of_week": str(cron._orig_day_of_week),  # type: ignore[union-attr]
            "day_of_month": str(cron._orig_day_of_month),  # type: ignore[union-attr]
            "month_of_year": str(cron._orig_month_of_year),  # type: ignore[union-attr]
            "timezone": settings.TIME_ZONE,
        }
        when = {"crontab": plan.objects.get_or_create(**fields)[0]}
    task_model.objects.create(name=job.name, task=job.name, description=str(job.title), **when)
