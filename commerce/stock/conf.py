"""Bounds of stock."""

MOST = 999_999
"""As many of one thing as anyone may have, want or receive at once; also what is available of things nobody counts."""
HORIZON_DAYS = 180
"""So many days ahead are looked through for a free place of what is made to order."""
SWEEP_BATCH = 200
FEW = 5
"""A product's page says how many are left when no more than these are."""
