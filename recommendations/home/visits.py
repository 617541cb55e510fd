"""When someone last looked at the front page on this device: kept in the session, so that it needs no cookie of its own."""

import datetime as dt

from django.http import HttpRequest

from community.foundation import clock

PAUSE = dt.timedelta(minutes=30)
"""Looking again within this time is the same visit."""
_KEY = "front_visits"


def last_visit(request: HttpRequest) -> dt.datetime | None:
    """When the visit before this one ended; None for the first. Notes this look, at most once in a minute."""
    now = clock.now()
    before, latest = (_time(text) for text in request.session.get(_KEY, [None, None]))
    if latest is None or now - latest >= PAUSE:
        before = latest
    if latest is None or now - latest >= dt.timedelta(minutes=1):
        request.session[_KEY] = [before and before.isoformat(), now.isoformat()]
    return before


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def part_of_day(hour: int) -> str:
    """Which greeting fits: morning, day, evening or night."""
    if 5 <= hour < 11:
        return "morning"
    if 11 <= hour < 18:
        return "day"
    return "evening" if 18 <= hour < 23 else "night"
