"""Numbers that people read to each other: of purchases and orders, and of what waits at a counter."""

import datetime as dt
import secrets

from django.utils import timezone

from commerce.orders.conf import ALPHABET, NUMBER_SYMBOLS, PICKUP_SYMBOLS
from community.foundation import clock


def purchase_number() -> str:
    """yymmdd-XXXXXX: the day here, and six symbols drawn by lot, so that nobody counts a shop's sales by it."""
    return drawn_on(clock.today(timezone.get_default_timezone()))


def drawn_on(day: dt.date) -> str:
    """A number of a purchase of that day here."""
    return f"{day:%y%m%d}-{_drawn(NUMBER_SYMBOLS)}"


def order_number(purchase_number: str, place: int) -> str:
    """The number of the purchase and the order's place in it, from 1."""
    return f"{purchase_number}-{place}"


def pickup_code() -> str:
    """What opens the counter: nobody guesses one of eight symbols."""
    return _drawn(PICKUP_SYMBOLS)


def normalised(code: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(code.upper().split()).replace("-", "")[:40]


def _drawn(symbols: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _symbol in range(symbols))
