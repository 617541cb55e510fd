"""Fixtures for every test. Services (PostgreSQL, Valkey) are real: the settings join or start the embedded ones."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation

from community.foundation import guest_cache, near
from community.outbox.relaying import relay_due
from community.site import present
from config import catalogues
from tests import template_database
from tests.concurrency import invariants, lock_order


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-prove", action="store_true", help="run the slow proofs too (make prove)")


def pytest_configure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ and not config.option.collectonly:
        template_database.ready()  # before any test, whose time is limited
    catalogues.compile_stale()
    present.REMEMBERED_SECONDS = 3600.0  # a slow machine must not ask a query more; each test starts with nothing known
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected for tests, but the folder is read
    config.pluginmanager.register(lock_order.Recorder(config), "lock-order")
    config.pluginmanager.register(invariants.Sweep(), "invariants")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow proofs run when they are asked for; everything else always."""
    if config.getoption("--run-prove"):
        return
    proofs = [item for item in items if item.get_closest_marker("prove")]
    if proofs:
        config.hook.pytest_deselected(items=proofs)
        items[:] = [item for item in items if item not in proofs]


def pytest_terminal_summary(terminalreporter) -> None:
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped: {report.nodeid}: {report.longrepr[-1]}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In continuous integration a skip is a failure: what should run was not run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each test process gets a copy of one migrated database instead of migrating its own."""
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template_database.ready()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the end of the suite, just before the database goes, what committed tests left behind must still add up."""
    yield
    with django_db_blocker.unblock():
        assert invariants.violations() == []


@pytest.fixture(autouse=True)
def _nobodys_language() -> None:
    """No reader of an earlier test chose the language and the time zone of this one."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _clean_valkey(request: pytest.FixtureRequest) -> None:
    """Nothing of an earlier test is cached or counted."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()
        guest_cache.forget_what_is_near()
        near.forget_all()
        present.forget()
        client = redis.Redis.from_url(settings.REDIS_URL)
        for key in client.scan_iter("limit:*", count=1000):
            client.delete(key)


@pytest.fixture
def relay():
    """Deliver every waiting event, as the worker would; gives how many were tried."""
    return relay_due
