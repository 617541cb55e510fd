"""When a number of business hours is over (the rule stands in conf)."""

import datetime as dt
from collections.abc import Collection

from community.complaints import conf

LONGEST_PAUSE = dt.timedelta(days=120)


def due_after(start: dt.datetime, hours: int, *, zone: dt.tzinfo, holidays: Collection[dt.date] = ()) -> dt.datetime:
    """The moment (UTC) at which `hours` business hours have passed since `start` (aware).

    Hours are hours of work as the wall clock of `zone` opens and closes them; a change to or from summer time at night
    changes nothing. Raises ValueError if no business hour lies within 120 days, since someone listed too many holidays.
    """
    left = dt.timedelta(hours=hours)
    day = start.astimezone(zone).date()
    last = day + LONGEST_PAUSE
    while day <= last:
        if day.weekday() in conf.WORKDAYS and day not in holidays:
            opens = max(start, dt.datetime.combine(day, conf.OPENS, zone).astimezone(dt.UTC))
            open_for = max(dt.timedelta(), dt.datetime.combine(day, conf.CLOSES, zone).astimezone(dt.UTC) - opens)
            if left <= open_for:
                return (opens + left).astimezone(dt.UTC)
            left -= open_for
            last = day + LONGEST_PAUSE
        day += dt.timedelta(days=1)
    raise ValueError("no business hour in 120 days")
