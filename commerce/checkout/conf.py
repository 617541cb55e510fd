"""Bounds of the checkout."""

import datetime as dt

TIME_TO_PAY = dt.timedelta(minutes=15)
"""So long stock, days and points are kept for somebody who pays (rule 2.3)."""
MORE_TIME = dt.timedelta(minutes=15)
"""So much longer, once, when the provider asks the buyer for a further step (3-D Secure)."""
SWEEP_BATCH = 100
