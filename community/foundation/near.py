"""What a process remembers of Valkey or the database for a few seconds, because to ask anew costs each page more.

    _known: Near[str] = Near(seconds=60, most=4_000)
    if (text := _known.get(key)) is None:
        text = _known.keep(key, compute())

Another process may know something older or newer for that long: only for what may be that old.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")
_all: list["Near"] = []


class Near(Generic[Value]):
    """At most `most` values, each for `seconds` after it was kept; the oldest goes when there is no more room."""

    def __init__(self, *, seconds: float, most: int) -> None:
        self.seconds, self.most = seconds, most
        self._kept: dict[Hashable, tuple[Value, float]] = {}
        _all.append(self)

    def get(self, key: Hashable) -> Value | None:
        value, until = self._kept.get(key, (None, 0.0))
        return value if time.monotonic() < until else None

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep and give back. Threads may do so at once: then one more goes."""
        while key not in self._kept and len(self._kept) >= self.most:
            self._kept.pop(next(iter(list(self._kept)), None), None)
        self._kept[key] = (value, time.monotonic() + self.seconds)
        return value

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value, made anew when its time is over: by the one who asks first, while others still get the old one."""
        value, until = self._kept.get(key, (None, 0.0))
        moment = time.monotonic()
        if value is not None and moment < until:
            return value
        if value is not None:
            self._kept[key] = (value, moment + self.seconds)
        return self.keep(key, make())

    def forget(self) -> None:
        self._kept.clear()


def forget_all() -> None:
    """As a new process begins: what one test remembered is not served to the next."""
    for near in _all:
        near.forget()
