"""What the callbacks of `registering` hear."""

import pytest

from commerce.payments import registering


@pytest.fixture
def told(monkeypatch):
    """Each call as (what, state of the attempt); nothing else is called."""
    heard: list[tuple[str, str]] = []
    calls = {
        what: [lambda purchase, attempt, what=what: heard.append((what, attempt.state))] for what in registering._calls
    }
    monkeypatch.setattr(registering, "_calls", calls)
    return heard
