"""One row of a vendor for each page of the desk. An app's tests/<wing>/<app>/desk_rows.py declares its own:

    from tests.admin.desk_rows import desk_rows

    @desk_rows("commerce_catalog.Product")
    def _(vendor, word): return a_product(word, vendor=vendor)

The row belongs to `vendor`, shows `word` in its list, and is found by searching for it.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

Build = Callable[[Any, str], Any]
_builders: dict[str, Build] = {}


def desk_rows(label: str) -> Callable[[Build], Build]:
    """Declare what makes a vendor's row of this model."""

    def declare(build: Build) -> Build:
        _builders[label] = build
        return build

    return declare


def builders() -> dict[str, Build]:
    """Every builder by model label; imports each app's desk_rows.py once."""
    for name in settings.WING_APPS:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.desk_rows"):
            import_module(f"tests.{name}.desk_rows")
    return _builders
