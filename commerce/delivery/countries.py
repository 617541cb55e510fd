"""The countries that an address may name: ISO 3166 alpha-2 codes with their names by CLDR."""

import functools

from babel import Locale
from django.utils.translation import get_language

# Two letters in CLDR, and no country: unions, test regions, reserved and outlying parts that have a code of their own.
_NONE = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
_FIRST = "KR"


@functools.cache
def codes() -> frozenset[str]:
    """Every country's code."""
    return frozenset(
        code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha() and code not in _NONE
    )


def name_of(code: str) -> str:
    """The name in the reader's language; the code itself where there is none."""
    return _names(_language()).get(code, code)


def choices() -> list[tuple[str, str]]:
    """(code, name) in the reader's language, home first, then by name."""
    names = _names(_language())
    others = sorted((name, code) for code, name in names.items() if code != _FIRST)
    return [(_FIRST, names[_FIRST]), *((code, name) for name, code in others)]


@functools.lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    return {code: territories.get(code, code) for code in codes()}


def _language() -> str:
    return "ko" if (get_language() or "").startswith("ko") else "en"
