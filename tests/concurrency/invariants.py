"""The sweep: after each test of commerce, and once more at the end of the suite, everything must still add up.

An app says what must hold in tests/<wing>/<app>/invariants.py:

    def violations() -> list[str]:
        return [f"{row.pk} holds more than there is" for row in Stock.objects.filter(held__gt=F("on_hand"))]

A test that breaks a figure on purpose says so: @pytest.mark.breaks_invariants.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

WATCHED = ("tests/commerce/", "tests/concurrency/", "tests/chaos/")
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


@cache
def declared() -> tuple[Callable[[], list[str]], ...]:
    """`violations` of every app that has them, in the order of the apps."""
    found = []
    for name in settings.WING_APPS:
        module = f"tests.{name}.invariants"
        if find_spec(f"tests.{name}") and find_spec(module):
            found.append(import_module(module).violations)
    return tuple(found)


def violations() -> list[str]:
    """Everything that does not hold in the database as it is now."""
    return [sentence for check in declared() for sentence in check()]


class Sweep:
    """The plugin."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        """Before the test's rows go, whether it rolls back or commits."""
        result = yield
        if self._concerns(item):
            broken = violations()
            assert broken == [], "the test passed, but what must hold does not"
        return result

    def _concerns(self, item: Any) -> bool:
        path = str(Path(item.path).relative_to(item.config.rootpath))
        if not path.startswith(WATCHED) or item.get_closest_marker("breaks_invariants"):
            return False
        return bool(DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))
