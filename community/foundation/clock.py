"""The one clock of every act. Only simulation and tests may shift it.

`now()` is UTC and aware. Deadlines that SQL decides read `DatabaseNow()`, which follows the same shift.
"""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

from django.db.models import DateTimeField, ExpressionWrapper, Func, Value
from django.utils import timezone

SOON = 45  # seconds that still count as "now"
RELATIVE = dt.timedelta(days=14)  # what is further away is shown by its date
_shift: ContextVar[dt.timedelta] = ContextVar("clock_shift", default=dt.timedelta())


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now() + _shift.get()


def today(zone: dt.tzinfo = dt.UTC) -> dt.date:
    """The date that people in `zone` read on their calendars now."""
    return now().astimezone(zone).date()


def how_long_ago(moment: dt.datetime) -> dt.timedelta | None:
    """The distance to `moment` that the kit's `when` puts into words, in whole days, hours or minutes: nothing for just now, None
    for what is shown by its date. A key of `{% drawn %}`: it changes when the words do."""
    distance = moment - now()
    if abs(distance.total_seconds()) < SOON:
        return dt.timedelta()
    return _whole(distance) if abs(distance) < RELATIVE else None


def _whole(distance: dt.timedelta) -> dt.timedelta:
    """The distance in whole minutes, hours or days, towards zero: 23 hours and 50 minutes are 23 hours."""
    seconds = int(abs(distance.total_seconds()))
    unit = next((length for length in (86_400, 3_600, 60) if seconds >= length), 1)
    whole = dt.timedelta(seconds=max(seconds - seconds % unit, 60))
    return whole if distance > dt.timedelta() else -whole


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
