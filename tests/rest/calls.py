"""How each documented operation is called once for real. An app's tests/<wing>/<app>/calls.py declares its own:

    @call("topics_create")
    def _():
        board = a_board()
        return Call(by=a_member(), body={"board": board.slug, "title": "Rain", "body": "It rains."})

The function sets up its rows with the factories; `kwargs` fill the path, `query` the query string. tests/rest then
asks, and holds the request to the documented body and the reply to the documented schema.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


@dataclass
class Call:
    """One request: `by` is a member or None for a guest; `status` the expected success."""

    by: Any = None
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    files: dict[str, Any] | None = None
    status: int = 0


_calls: dict[str, Callable[[], Call]] = {}


def call(operation_id: str) -> Callable[[Callable[[], Call]], Callable[[], Call]]:
    """Declare the call of one operation."""

    def declare(build: Callable[[], Call]) -> Callable[[], Call]:
        assert operation_id not in _calls, f"two calls of {operation_id}"
        _calls[operation_id] = build
        return build

    return declare


def all_calls() -> dict[str, Callable[[], Call]]:
    """Every declared call by operation id; imports each app's calls.py once."""
    for name in ["config", *settings.WING_APPS]:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.calls"):
            import_module(f"tests.{name}.calls")
    return _calls
