"""Quiet hours, read on the member's own clock."""

import datetime as dt
import zoneinfo


def zone_named(name: str) -> dt.tzinfo:
    """The zone of this name; UTC for one that this machine does not know."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def next_loud(moment: dt.datetime, *, zone: dt.tzinfo, start: dt.time | None, end: dt.time | None) -> dt.datetime:
    """`moment` itself outside the quiet hours from `start` to `end` (which may pass midnight), else their end, in UTC."""
    if start is None or end is None:
        return moment
    local = moment.astimezone(zone)
    clock = local.time()
    inside = start <= clock < end if start < end else clock >= start or clock < end
    if not inside:
        return moment
    day = local.date() if clock < end else local.date() + dt.timedelta(days=1)
    return max(moment, dt.datetime.combine(day, end, tzinfo=zone).astimezone(dt.UTC))
