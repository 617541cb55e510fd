"""Fixtures for every test. Services (PostgreSQL, Valkey) are real: the settings join or start the embedded ones."""

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from community.outbox.relaying import relay_due
from community.site import present
from config import catalogues


def pytest_configure() -> None:
    catalogues.compile_stale()


@pytest.fixture(autouse=True)
def _clean_valkey(request: pytest.FixtureRequest) -> None:
    """Nothing of an earlier test is cached or counted."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()
        present.forget()
        client = redis.Redis.from_url(settings.REDIS_URL)
        for key in client.scan_iter("limit:*", count=1000):
            client.delete(key)


@pytest.fixture
def relay():
    """Deliver every waiting event, as the worker would; gives how many were tried."""
    return relay_due
