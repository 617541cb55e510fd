"""A job runs once at a time, leaves a row with its result, and is planned in the database."""

import hashlib

import pytest
from django.db import connection
from django_celery_beat.models import PeriodicTask

from community.jobs import registry
from community.jobs.models import Run
from community.jobs.registry import job, run
from community.jobs.schedules import plan_missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def declared(monkeypatch):
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    return monkeypatch


def test_a_run_leaves_its_result(declared) -> None:
    @job(name="test.counts", title="Counts", every=3600)
    def counts(progress):
        progress.tell(3, 10)
        return {"counted": 10}

    assert run("test.counts") == {"counted": 10}
    row = Run.objects.get(name="test.counts")
    assert (row.state, row.result, row.done, row.total) == ("done", {"counted": 10}, 3, 10)
    assert row.finished_at >= row.started_at


def test_a_failure_is_recorded_and_raised(declared) -> None:
    @job(name="test.fails", title="Fails", every=3600)
    def fails(progress):
        raise ValueError("the reason")

    with pytest.raises(ValueError, match="the reason"):
        run("test.fails")
    row = Run.objects.get(name="test.fails")
    assert row.state == "failed"
    assert "the reason" in row.error


def test_a_run_that_was_killed_is_seen_by_the_next(declared) -> None:
    @job(name="test.again", title="Again", every=3600)
    def again(progress):
        return None

    Run.objects.create(name="test.again", started_at="2026-01-01T00:00Z")
    run("test.again")
    assert list(Run.objects.filter(name="test.again").order_by("id").values_list("state", flat=True)) == [
        "failed",
        "done",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_runs_never_overlap(declared) -> None:
    other = connection.copy()

    @job(name="test.alone", title="Alone", every=3600)
    def alone(progress):
        return {"ran": True}

    number = int.from_bytes(hashlib.sha256(b"job:test.alone").digest()[:8], "big", signed=True)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        assert run("test.alone") is None
        cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    other.close()
    assert run("test.alone") == {"ran": True}


def test_each_job_is_planned_once_and_then_belongs_to_the_operators(django_user_model) -> None:
    plan_missing()
    task = PeriodicTask.objects.get(name="outbox.clean")
    assert task.interval.every == 3600
    task.enabled = False
    task.save()
    plan_missing()
    assert PeriodicTask.objects.get(name="outbox.clean").enabled is False


def test_a_job_needs_a_schedule() -> None:
    with pytest.raises(ValueError, match="every= or at="):
        job(name="test.never", title="Never")
