import re

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from community.site import present
from community.site.setting_up import note_demo
from config import health, heartbeat
from config.tasks import show_that_beat_lives

pytestmark = pytest.mark.django_db


def test_it_says_what_is_up(client) -> None:
    heartbeat.worker_lives()
    reply = client.get("/health/")
    assert reply.status_code == 200
    assert reply.json() == {
        "status": "limping",
        "parts": {
            "database": "up",
            "migrations": "up",
            "demo": "not asked for",
            "cache": "up",
            "worker": "up",
            "beat": "down",
        },
    }
    show_that_beat_lives(None)
    assert client.get("/health/").json()["status"] == "up"


def test_a_missing_migration_is_503(client, monkeypatch) -> None:
    monkeypatch.setattr(health, "_migrated_until", 0.0)
    MigrationRecorder(connection).record_unapplied("community_site", "0001_initial")
    reply = client.get("/health/")
    assert reply.status_code == 503
    assert reply.json()["parts"]["migrations"] == "down"


def test_a_demo_that_was_asked_for_and_is_not_loaded_is_503(client, monkeypatch) -> None:
    monkeypatch.setenv("MADANG_DEMO", "1")
    present.forget()
    reply = client.get("/health/")
    assert (reply.status_code, reply.json()["parts"]["demo"]) == (503, "down")
    note_demo()
    present.forget()
    reply = client.get("/health/")
    assert (reply.status_code, reply.json()["parts"]["demo"]) == (200, "up")


def test_without_the_cache_pages_go_on_and_it_says_so(client, settings) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    reply = client.get("/health/")
    assert reply.status_code == 200
    assert (reply.json()["status"], reply.json()["parts"]["cache"]) == ("limping", "down")


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.9", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer wrong"}, "203.0.113.9", 404),
        ({"Authorization": "Bearer a-long-token"}, "203.0.113.9", 200),
    ],
)
def test_metrics_are_for_this_machine_or_the_token(client, settings, headers, address, status) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_without_a_token_set_no_token_opens_metrics(client, settings) -> None:
    settings.METRICS_TOKEN = ""
    reply = client.get("/metrics", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.9")
    assert reply.status_code == 404


def numbers_in_log(caplog) -> set[str]:
    return {record.msg["request_id"] for record in caplog.records if isinstance(record.msg, dict)}


def number_on_page(page: bytes) -> str:
    shown = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", page.decode())
    assert shown is not None
    return shown.group()


def test_a_refusal_shows_the_number_that_the_log_lines_bear(caplog) -> None:
    reply = Client(enforce_csrf_checks=True).post("/accounts/login/")
    assert reply.status_code == 403
    assert numbers_in_log(caplog) == {number_on_page(reply.content)}


def test_a_broken_page_shows_the_number_that_the_log_lines_bear(caplog, monkeypatch) -> None:
    def broken(look: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(health, "_word", broken)
    reply = Client(raise_request_exception=False).get("/health/")
    assert reply.status_code == 500
    assert numbers_in_log(caplog) == {number_on_page(reply.content)}


def test_a_forged_host_is_refused_and_not_an_error_of_ours(client) -> None:
    reply = client.get("/", headers={"host": "evil.example"})
    assert reply.status_code == 400
