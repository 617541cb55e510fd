"""Past days, by the shifted clock."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from community.foundation.clock import now, shifted


@contextlib.contextmanager
def days_ago(days: float) -> Iterator[dt.datetime]:
    with shifted(-dt.timedelta(days=days)):
        yield now()


@contextlib.contextmanager
def later(*, minutes: int) -> Iterator[None]:
    with shifted(dt.timedelta(minutes=minutes)):
        yield
