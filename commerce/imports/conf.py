"""Bounds of imported orders."""

BATCH = 5000
"""Lines stored in one transaction, more where one invoice has more."""
MOST_LINES = 2000
"""Lines of one invoice."""
MOST_UNITS = 1_000_000
"""Units in one line."""
CREDIT = "C"
"""The number of a return begins with it, and its quantities are negative."""
LENGTHS = {"order": 40, "member": 80, "sku": 64, "title": 200, "country": 60}
