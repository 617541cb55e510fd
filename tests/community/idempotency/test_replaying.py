"""Same key and body: the first reply again. Other body: 422. Still running: 409. The reply commits with its effects."""

import datetime as dt
import hashlib
import threading

import pytest
from django.db import connection, connections
from rest_framework.test import APIClient

from community.foundation import clock
from community.idempotency.models import StoredReply
from community.idempotency.replaying import forget_old
from community.jobs.models import Run

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.community.idempotency.routes")]


def post(name: str, key: str | None = "k-1", path: str = "/runs/", **more):
    headers = {"Idempotency-Key": key} if key is not None else {}
    return APIClient().post(path, {"name": name, **more}, headers=headers)


def test_a_repeat_gets_the_first_reply_and_runs_nothing() -> None:
    first, second = post("a"), post("a")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Run.objects.count() == 1


def test_another_body_under_the_same_key_is_a_mismatch() -> None:
    post("a")
    answer = post("b")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "idempotency_mismatch"
    assert Run.objects.count() == 1


def test_a_refused_request_leaves_its_key_free() -> None:
    assert post("a", refuse=True).status_code == 409
    assert Run.objects.count() == 0
    assert post("a").status_code == 201


def test_without_a_key_each_request_runs() -> None:
    post("a", key=None)
    post("a", key=None)
    assert Run.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb"])
def test_a_malformed_key_is_refused(key: str) -> None:
    answer = post("a", key=key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "idempotency_key_invalid"
    assert Run.objects.count() == 0


def test_where_a_key_is_required_its_absence_is_refused() -> None:
    answer = post("a", key=None, path="/payouts/")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "idempotency_key_required"
    assert post("a", path="/payouts/").status_code == 201


def test_old_replies_are_forgotten() -> None:
    post("a")
    with clock.shifted(dt.timedelta(days=8)):
        assert forget_old() == 1
    assert not StoredReply.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_running_a_repeat_is_told_to_come_back() -> None:
    number = int.from_bytes(hashlib.sha256(b"address:127.0.0.1\nk-1").digest()[:8], "big", signed=True)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        answer = post("a")
    other.close()
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "still_running"
    assert answer["Retry-After"] == "1"
    assert Run.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_from_many_clients_runs_once() -> None:
    barrier, statuses = threading.Barrier(8), []

    def client() -> None:
        barrier.wait(timeout=10)
        statuses.append(post("a").status_code)
        connections.close_all()

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(statuses) == 8
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Run.objects.count() == 1
