"""From a line's columns to a Row that may be stored, or the reason why not."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.conf import settings

from commerce import money
from commerce.catalog.importing.checking import Refusal, plain
from commerce.imports.conf import CREDIT, LENGTHS, MOST_UNITS
from community.foundation.problems import Problem

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
_WHOLE = re.compile(r"-?[0-9]{1,9}\Z")
_PRICE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?\Z")
_RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?\Z")


class NoRate(Problem):
    """The rate is none."""

    status = 400
    code = "invalid_rate"
    detail = (
        "The rate must be a number above 0 such as 1900 or 1712.35: so much of this site's currency is one of theirs."
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an invoice. `unit_price` in smallest units of this site's currency; a return's `quantity` is negative.

    `fingerprint` is what the file says, whatever the rate.
    """

    number: int
    order: str
    at: dt.datetime
    member: str
    sku: str
    title: str
    quantity: int
    unit_price: int
    country: str
    fingerprint: int

    @property
    def amount(self) -> int:
        return self.quantity * self.unit_price


def read_rate(text: str) -> Fraction:
    """How much of this site's currency one of the file's is. Raises NoRate."""
    rate = Fraction(text) if _RATE.match(text) else Fraction(0)
    if not rate:
        raise NoRate
    return rate


def order_of(columns: Mapping[str, Any]) -> str:
    """The number of the invoice that a line belongs to, also one with faults; empty where it cannot be told."""
    try:
        return _required(columns, "order")
    except Refusal:
        return ""


def is_credit(order: str) -> bool:
    """Whether the number is one of a return."""
    return order.startswith(CREDIT)


def check(number: int, columns: Mapping[str, Any], *, rate: Fraction, now: dt.datetime) -> Row:
    """The row of a line. Raises Refusal."""
    order = _required(columns, "order")
    quantity = _quantity(_word(columns, "quantity", 12), order)
    price, price_here = _prices(_word(columns, "unit_price", 24), rate)
    sku = _required(columns, "sku")
    title = _word(columns, "title", LENGTHS["title"]) or sku
    at = _moment(_word(columns, "at", 40), now)
    member = _required(columns, "member")
    row = Row(
        number=number,
        order=order,
        at=at,
        member=member,
        sku=sku,
        title=title,
        quantity=quantity,
        unit_price=price_here,
        country=_word(columns, "country", LENGTHS["country"]),
        fingerprint=_fingerprint(member, at.isoformat(), sku, title, str(quantity), price),
    )
    if abs(row.amount) > money.MOST:
        raise Refusal("“quantity” times “unit_price” is more than an order here can hold")
    return row


def _word(columns: Mapping[str, Any], name: str, longest: int) -> str:
    value = columns.get(name)
    if not (value is None or isinstance(value, str | int | float)) or isinstance(value, bool):
        raise Refusal(f"“{name}” is neither a text nor a number")
    text = plain(columns, name, longest)
    return text if text.isprintable() else " ".join(text.split())


def _required(columns: Mapping[str, Any], name: str) -> str:
    value = _word(columns, name, LENGTHS[name])
    if not value:
        raise Refusal(f"“{name}” is missing")
    return value


def _quantity(text: str, order: str) -> int:
    if not _WHOLE.match(text) or not 0 < abs(int(text)) <= MOST_UNITS:
        raise Refusal(f"“quantity” must be a whole number from 1 to {MOST_UNITS:,}, negative for what came back")
    quantity = int(text)
    if is_credit(order) != (quantity < 0):
        raise Refusal(f"a quantity is negative in an order that begins with “{CREDIT}”, a return, and only there")
    return quantity


@lru_cache(maxsize=10_000)
def _prices(text: str, rate: Fraction) -> tuple[str, int]:
    """A price as the file means it, and in smallest units here: the one rounding, once a price."""
    if not _PRICE.match(text):
        raise Refusal("“unit_price” must be a number such as 2.55, at least 0")
    price = Decimal(text)
    here = Fraction(price) * rate * 10 ** money.decimals(settings.CURRENCY)
    return str(price.normalize()), money.half_up(here.numerator, here.denominator)


def _moment(text: str, now: dt.datetime) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("“at” is not a time such as 2011-05-31T15:41:00Z") from None
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    if not EARLIEST <= at <= now:
        raise Refusal(f"“at” must lie between {EARLIEST:%Y-%m-%d} and now")
    return at.astimezone(dt.UTC)


def _fingerprint(*words: str) -> int:
    digest = hashlib.blake2b("\x00".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
