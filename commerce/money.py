"""Money: whole numbers of the smallest unit beside an ISO 4217 code. Never a float, one currency a site.

Percentages are basis points (100 = 1 %). There is one rounding, half up, applied once a total and never to a unit price
times a quantity; what is taken off a total is spread by the largest remainder, so that the parts always add up.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid

BASIS = 10_000
"""Basis points of the whole."""
MOST = 10**13
"""No amount of money on this site is larger, in smallest units; what a client sends beyond is refused."""
_AMOUNT = re.compile(r"(?P<whole>\d{1,14})(\.(?P<part>\d{1,4}))?", re.ASCII)


class NoAmount(Invalid):
    """What was sent is no amount of the site's currency."""

    code = "invalid_amount"
    detail = _("That is no amount of money. Enter digits only, without more decimals than the currency has.")


def decimals(currency: str) -> int:
    """How many decimals a currency has: KRW 0, USD 2 (CLDR)."""
    return get_currency_precision(currency)


def parse(text: str, *, currency: str = "") -> int:
    """Smallest units of a decimal string: "12000" and "12000.00" are 12000 won. Raises NoAmount, also for signs."""
    found = _AMOUNT.fullmatch(text.strip())
    places = decimals(currency or settings.CURRENCY)
    if found is None:
        raise NoAmount
    part = (found["part"] or "").rstrip("0")
    if len(part) > places:
        raise NoAmount
    amount = int(found["whole"]) * 10**places + int(part.ljust(places, "0") or 0)
    if amount > MOST:
        raise NoAmount
    return amount


def to_text(amount: int, *, currency: str = "") -> str:
    """The decimal string of the REST interface: 12000 won are "12000", 1250 cents "12.50"."""
    places = decimals(currency or settings.CURRENCY)
    return f"{Decimal(amount).scaleb(-places):.{places}f}"


def formatted(amount: int, *, currency: str = "", language: str = "") -> str:
    """An amount as people read it, by CLDR: ₩12,000."""
    code = currency or settings.CURRENCY
    locale = (language or get_language() or settings.LANGUAGE_CODE).replace("-", "_")
    return format_currency(Decimal(amount).scaleb(-decimals(code)), code, locale=locale)


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded half up, away from zero below it: the one rounding of money."""
    if denominator <= 0:
        raise ValueError("the denominator is positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def share(amount: int, basis_points: int) -> int:
    """So many basis points of an amount: share(1999, 1000) is 200."""
    return half_up(amount * basis_points, BASIS)


def included_tax(amount: int, basis_points: int) -> int:
    """The tax inside a price that includes it: 10 % in 11000 are 1000."""
    return half_up(amount * basis_points, BASIS + basis_points)


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Spread `total` over `weights` by the largest remainder (rule 2.5): floors first, what is left goes to the largest
    remainders, ties in order. The parts add up to `total`, and none exceeds its weight while total <= sum(weights).

    Raises ValueError for a negative input, or when there is something to spread and nothing to spread it over.
    """
    whole = sum(weights)
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("only what is not negative can be spread")
    if total and not whole:
        raise ValueError("there is nothing to spread it over")
    if not total:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
