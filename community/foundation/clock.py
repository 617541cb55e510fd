"""The one clock of every act. Only simulation and tests may shift it.

`now()` is UTC and aware. Deadlines that SQL decides read `DatabaseNow()`, which follows the same shift.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

from django.db.models import DateTimeField, ExpressionWrapper, Func, Value
from django.utils import timezone

_shift: ContextVar[dt.timedelta] = ContextVar("clock_shift", default=dt.timedelta())


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now() + _shift.get()


def today(zone: dt.tzinfo = dt.UTC) -> dt.date:
    """The date that people in `zone` read on their calendars now."""
    return now().astimezone(zone).date()


class ClockTimestamp(Func):
    """PostgreSQL's clock_timestamp(): the real moment, also late in a long transaction."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = DateTimeField()


def DatabaseNow() -> ExpressionWrapper:  # noqa: N802  (an expression, named like Django's Now)
    """The database's clock, with the shift of `shifted`."""
    return ExpressionWrapper(ClockTimestamp() + Value(_shift.get()), output_field=DateTimeField())


@contextlib.contextmanager
def shifted(by: dt.timedelta) -> Iterator[None]:
    """Let all acts inside run `by` later (or earlier, if negative). For simulation and tests alone."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)
