"""Figures of this app in one place."""

import datetime as dt

LONGEST = 2048
"""Longest side of what is kept of a picture, in pixels."""

THUMBNAIL_WIDTHS = (320, 640, 1280)

READING_WIDTH = 1280
"""How wide a text shows a picture at most."""

QUOTA = {0: 20, 1: 100, 2: 500, 3: 2_000, 4: 5_000}
"""Megabytes a member may hold, by trust level."""

UNBOUND_FOR = dt.timedelta(hours=24)
"""How long a picture waits for the text it was sent for."""

ALT_LENGTH = 300


def quota_bytes(trust_level: int) -> int:
    """Bytes that a member of this trust level may hold."""
    return QUOTA[trust_level] * 1_000_000
