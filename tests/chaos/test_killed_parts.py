"""Parts are killed under load: what was answered is there, once; what was not answered is there once or not (1.73)."""

import json
from pathlib import Path

import pytest

from tests.chaos.town import Town
from tests.config.running import Running, manage, wait_for

pytestmark = [pytest.mark.prove, pytest.mark.xdist_group("up")]


@pytest.fixture
def town(tmp_path: Path):
    site = Running(tmp_path / "data").start()
    yield Town(site).settle(3)
    site.stop()


def outbox_is_empty(site: Running) -> bool:
    code = "from community.outbox.models import Delivery as D; print(D.objects.exclude(state='done').count())"
    return manage(site.data, "shell", "-c", code).stdout.strip().endswith("0")


def hold_to_the_promise(town: Town) -> None:
    assert town.faults == []
    assert len(town.acknowledged) > 5
    titles = town.titles()
    assert len(titles) == len(set(titles)), "a topic was written twice"
    assert set(town.acknowledged) <= set(titles), "an answered topic is lost"
    assert set(titles) <= town.sent
    assert wait_for(lambda: outbox_is_empty(town.site), 60)
    assert manage(town.site.data, "recount", "--check").returncode == 0


def test_postgresql_killed_under_load(town: Town) -> None:
    killed = []
    town.under_load(25, lambda step: step in {4, 12} and killed.append(town.kill("postgres")))
    assert killed == [True, True]
    hold_to_the_promise(town)


def test_valkey_killed_under_load(town: Town) -> None:
    killed = []
    town.under_load(20, lambda step: step in {3, 7, 11} and killed.append(town.kill("valkey")))
    assert killed == [True, True, True]
    hold_to_the_promise(town)


def test_worker_and_web_killed_under_load(town: Town) -> None:
    killed = []

    def disturb(step: int) -> None:
        if step in {3, 9}:
            killed.append(town.kill("celery"))
        if step == 6:
            killed.append(town.kill("granian"))

    town.under_load(20, disturb)
    assert all(killed)
    hold_to_the_promise(town)


def test_while_postgresql_is_gone_the_page_says_so(town: Town) -> None:
    assert town.kill("keeper")  # nobody starts it again
    while town.kill("postgres"):
        pass
    assert wait_for(lambda: town.site.get("/boards/")[0] == 503, 30)
    status, body = town.site.get("/boards/")
    assert "Our memory does not answer" in body.decode() or "잠시" in body.decode()
    assert b"Traceback" not in body
    status, body = town.site.get("/api/v1/boards/")
    assert status == 503
    assert json.loads(body)["errors"][0]["code"] == "unavailable"
