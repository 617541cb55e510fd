"""Bounds and times of orders."""

import datetime as dt

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 symbols without 0, 1, I, L and O, which people take for each other (rule 2.2)."""
NUMBER_SYMBOLS = 6
PICKUP_SYMBOLS = 8
TRIES = 5
"""So often another number is drawn when one of this day is taken."""
CONFIRMED_AFTER = dt.timedelta(days=8)
"""So long after its delivery a purchase counts as confirmed unless the member said so before (rule 2.4)."""
PRESUMED_DELIVERED_AFTER = dt.timedelta(days=14)
"""So long after it was sent an order has arrived, if neither vendor nor buyer said anything."""
LEAST_RETURN_DAYS = 7
"""The law's right of withdrawal after delivery (전자상거래법, article 17), whatever a product says."""
LONGEST_NOTE = 300
LONGEST_REASON = 300
AT_ONCE = 100
"""As many orders a job or a list of the desk takes in hand at once."""
FORGET_ADDRESS_AFTER = dt.timedelta(days=5 * 365 + 2)
"""Contracts and deliveries are kept for five years (전자상거래법 시행령, article 6); then who received them is forgotten."""
