"""Web, worker, PostgreSQL and Valkey are killed while members buy (2.50): each paid purchase is there once, nothing is
paid without a purchase, stock and ledger agree to the last unit."""

import random
from pathlib import Path

import pytest

from tests.chaos.market import Market
from tests.config.running import Running

pytestmark = [pytest.mark.prove, pytest.mark.xdist_group("up"), pytest.mark.timeout(600)]
VICTIMS = ("postgres", "valkey", "celery", "granian")
SEED = 20261128


@pytest.fixture
def market(tmp_path: Path):
    site = Running(tmp_path / "data").start()
    yield Market(site).open(3)
    site.stop()


def test_parts_are_killed_at_random_while_members_buy(market: Market) -> None:
    chance, killed = random.Random(SEED), []

    def disturb(step: int) -> None:
        if step % 4 == 2:
            victim = VICTIMS[(step // 4) % 4] if step < 16 else chance.choice(VICTIMS)
            killed.append((victim, market.kill(victim)))

    market.under_load(36, disturb)
    assert {victim for victim, _done in killed} == set(VICTIMS)
    assert any(done for _victim, done in killed)
    assert market.faults == []
    proof = market.proof()
    assert len(market.bought) == len(set(market.bought)) > 3
    assert set(market.bought) <= set(proof["numbers"])
    assert proof["orders"] == 2 * len(proof["numbers"])
    assert (proof["audit"], proof["violations"], proof["money"]) == ([], [], 0)
    assert (proof["sold"], proof["held"]) == (proof["bought"], 0)
