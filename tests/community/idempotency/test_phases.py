"""A keyed request of several transactions runs once, whatever dies between them (rule 2.7, item 2.05)."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from rest_framework.test import APIClient

from community.foundation import clock
from community.idempotency.models import StoredReply
from community.jobs.models import Run
from tests.community.idempotency import routes
from tests.concurrency.kit import race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.community.idempotency.routes")]


class Died(BaseException):
    """The process ended here: nothing of ours catches it."""


def post(name: str = "a", key: str | None = "k-1", path: str = "/phased/", **more):
    headers = {"Idempotency-Key": key} if key is not None else {}
    return APIClient().post(path, {"name": name, **more}, headers=headers)


def later(seconds: int):
    return clock.shifted(dt.timedelta(seconds=seconds))


def dies() -> None:
    raise Died


def code(reply) -> str:
    return reply.json()["errors"][0]["code"]


def test_it_runs_outside_a_transaction_and_a_repeat_gets_the_first_reply(monkeypatch):
    seen = []
    monkeypatch.setattr(routes, "provider", lambda: seen.append(connection.in_atomic_block))
    first, second = post(), post()
    assert seen == [False]
    assert (first.status_code, second.status_code, second["Idempotent-Replayed"]) == (201, 201, "true")
    assert second.json() == first.json()
    assert Run.objects.count() == 1


def test_the_key_is_required():
    assert (post(key=None).status_code, code(post(key=None))) == (400, "idempotency_key_required")
    assert not Run.objects.exists()


def test_another_body_is_a_mismatch_while_it_runs_and_after(monkeypatch):
    statuses = []
    monkeypatch.setattr(routes, "provider", lambda: statuses.append(post("b").status_code))
    post("a")
    assert statuses == [422]
    assert code(post("b")) == "idempotency_mismatch"
    assert Run.objects.count() == 1


def test_while_it_runs_a_repeat_is_told_to_come_back(monkeypatch):
    replies = []
    monkeypatch.setattr(routes, "provider", lambda: replies.append(post()))
    assert post().status_code == 201
    assert (replies[0].status_code, code(replies[0]), replies[0]["Retry-After"]) == (409, "still_running", "1")
    assert Run.objects.count() == 1


def test_the_same_key_at_once_from_sixteen_clients_runs_once():
    outcomes = race(*[post] * 16)
    statuses = [outcome.value.status_code for outcome in outcomes]
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Run.objects.count() == 1
    assert post().status_code == 201


def test_a_crash_between_effect_and_reply_is_taken_over_after_a_minute_and_finds_what_was_made(monkeypatch):
    monkeypatch.setattr(routes, "provider", dies)
    with pytest.raises(Died):
        post()
    monkeypatch.undo()
    assert Run.objects.count() == 1
    with later(59):
        assert (post().status_code, code(post())) == (409, "still_running")
    with later(61):
        reply = post()
    assert (reply.status_code, reply.json()["id"]) == (201, str(Run.objects.get().pk))
    assert post()["Idempotent-Replayed"] == "true"


def test_a_stale_claim_is_taken_over_by_one_of_many(monkeypatch):
    monkeypatch.setattr(routes, "provider", dies)
    with pytest.raises(Died):
        post()
    entered = []
    gate = threading.Event()

    def once() -> None:
        entered.append(1)
        gate.wait(2)

    monkeypatch.setattr(routes, "provider", once)

    def takes_over():
        with later(61):
            return post()

    outcomes = race(*[takes_over] * 8)
    gate.set()
    statuses = sorted(outcome.value.status_code for outcome in outcomes)
    assert statuses == [201] + [409] * 7
    assert len(entered) == 1


def test_who_was_taken_over_and_wakes_up_does_not_overwrite_the_reply(monkeypatch):
    second = []

    def slept() -> None:
        monkeypatch.setattr(routes, "provider", lambda: None)
        with later(61):
            second.append(post())

    monkeypatch.setattr(routes, "provider", slept)
    first = post()
    assert (first.status_code, second[0].status_code) == (201, 201)
    assert first.json() == second[0].json()
    assert Run.objects.count() == 1
    assert StoredReply.objects.get().status == 201


def test_a_refusal_is_the_reply_since_a_phase_may_have_left_something():
    first, second = post(refuse=True), post(refuse=True)
    assert (first.status_code, second.status_code, second["Idempotent-Replayed"]) == (409, 409, "true")
    assert first.json() == second.json()
    assert Run.objects.count() == 1


def test_what_passes_in_a_moment_frees_the_key_under_the_same_claim(monkeypatch):
    def away() -> None:
        raise routes.Resting

    monkeypatch.setattr(routes, "provider", away)
    client = APIClient(raise_request_exception=False)
    assert client.post("/phased/", {"name": "a"}, headers={"Idempotency-Key": "k-1"}).status_code == 503
    monkeypatch.undo()
    assert post().status_code == 201
    assert Run.objects.count() == 1


def test_a_fault_of_ours_frees_the_key_too(monkeypatch):
    def breaks() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(routes, "provider", breaks)
    client = APIClient(raise_request_exception=False)
    assert client.post("/phased/", {"name": "a"}, headers={"Idempotency-Key": "k-1"}).status_code == 500
    monkeypatch.undo()
    assert post().status_code == 201
    assert Run.objects.count() == 1


def test_in_one_transaction_a_crash_before_the_commit_leaves_neither_effect_nor_reply(monkeypatch):
    create = StoredReply.objects.create
    monkeypatch.setattr(StoredReply.objects, "create", lambda **fields: dies())
    with pytest.raises(Died):
        post(path="/runs/")
    monkeypatch.setattr(StoredReply.objects, "create", create)
    assert (Run.objects.count(), StoredReply.objects.count()) == (0, 0)
    assert post(path="/runs/").status_code == 201
    assert Run.objects.count() == 1


def test_in_one_transaction_a_crash_after_the_commit_loses_only_the_wire():
    """The reply was never read by anyone; the repeat gets it."""
    post(path="/runs/")
    assert post(path="/runs/")["Idempotent-Replayed"] == "true"
    assert Run.objects.count() == 1


def test_in_one_transaction_the_same_key_from_sixteen_clients_runs_once():
    outcomes = race(*[lambda: post(path="/runs/")] * 16)
    statuses = [outcome.value.status_code for outcome in outcomes]
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert Run.objects.count() == 1
    assert all(outcome.value["Retry-After"] == "1" for outcome in outcomes if outcome.value.status_code == 409)


def test_a_row_runs_or_has_ended():
    with pytest.raises(IntegrityError, match="idempotency_runs_or_has_ended"), transaction.atomic():
        StoredReply.objects.create(actor="a", key="k", request_digest=b"")
