"""Bounds of points."""

import datetime as dt

MOST_OWED = 100_000
"""A member never owes more than this; what was to be taken back beyond is the site's loss."""
MOST_GRANTED = 10_000_000
"""No grant is larger: a slip of the finger is caught."""
WARNED_BEFORE = dt.timedelta(days=14)
"""How long before they expire members are told of points."""
