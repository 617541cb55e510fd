"""What the callbacks of `registering` hear."""

import pytest

from commerce.payments import registering
from tests.commerce.payments.benches import Bench, RemoteBench, StripeBench


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """Each call as (what, state of the attempt); nothing else is called: what checkout does has tests of its own."""
    heard: list[tuple[str, str]] = []
    calls = {
        what: [lambda purchase, attempt, what=what: heard.append((what, attempt.state))] for what in registering._calls
    }
    monkeypatch.setattr(registering, "_calls", calls)
    return heard


@pytest.fixture(params=["sandbox", "sandbox over HTTP", "stripe"])
def bench(request, settings, db):
    """Each provider in turn."""
    made = {"sandbox": lambda: Bench(), "stripe": lambda: StripeBench(settings)}
    one = made.get(request.param, lambda: RemoteBench(settings))()
    yield one
    one.stop()


@pytest.fixture(params=["sandbox over HTTP", "stripe"])
def far(request, settings, db):
    """Each provider that is asked over the network."""
    one = StripeBench(settings) if request.param == "stripe" else RemoteBench(settings)
    yield one
    one.stop()


@pytest.fixture
def sandbox_far(settings, db):
    one = RemoteBench(settings)
    yield one
    one.stop()


@pytest.fixture
def stripe_far(settings, db):
    one = StripeBench(settings)
    yield one
    one.stop()
