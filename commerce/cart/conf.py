"""Bounds of carts."""

MOST_LINES = 100
"""As many different things as a cart holds."""
MOST_OF_A_LINE = 9_999
"""As many pieces as one line asks for."""
MOST_LABELS = 20
"""As many labels as one bill is split by."""
GUEST_DAYS = 30
"""A guest's cart is kept so long after it was last changed."""
COOKIE = "madang_cart"
COUNT_COOKIE = "cart_number"
SWEEP_BATCH = 500
