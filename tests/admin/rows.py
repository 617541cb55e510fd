"""One row more of each model that has an admin page. An app's tests/<wing>/<app>/admin_rows.py declares its own:

    from tests.admin.rows import rows

    @rows("community_boards.Topic")
    def _(): a_topic()

The function is called once for the page with one row and again for the page with twenty.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

Build = Callable[[], object]
_builders: dict[str, Build] = {}


def rows(*labels: str) -> Callable[[Build], Build]:
    """Declare what makes one row more of these models."""

    def declare(build: Build) -> Build:
        for label in labels:
            _builders[label] = build
        return build

    return declare


def builders() -> dict[str, Build]:
    """Every builder by model label; imports each app's admin_rows.py once."""
    for name in settings.WING_APPS:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.admin_rows"):
            import_module(f"tests.{name}.admin_rows")
    return _builders
