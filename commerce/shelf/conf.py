"""Times and bounds of shelves."""

import datetime as dt

from commerce.catalog.models import ProductKind

INVITED_AFTER: dict[str, dt.timedelta] = {
    ProductKind.GOODS: dt.timedelta(days=5),
    ProductKind.MADE_TO_ORDER: dt.timedelta(days=10),
    ProductKind.DIGITAL: dt.timedelta(days=3),
}
"""So long after it arrived, a review is asked for: what is used by then. Of an order with several kinds, the longest."""
POSTPONED_BY = dt.timedelta(days=3)
"""While something is under way with the order (a return), asking waits."""
NOT_ASKED_AFTER = dt.timedelta(days=60)
"""What could not be asked for so long is not asked for any more."""
AT_ONCE = 100
"""Invitations that a job takes in hand at once."""
ROWS_AT_ONCE = 2000
"""Lines of orders that a job puts on shelves at once."""
MOST_BY_HAND = 1000
"""Things from elsewhere that one member can keep."""
LONGEST_NAME, LONGEST_TITLE, LONGEST_PLACE, LONGEST_NOTE = 80, 200, 80, 1000
ENDS_SOON = dt.timedelta(days=30)
"""A warranty that ends within these days says so."""
MOST_WARRANTY = dt.timedelta(days=100 * 366)
