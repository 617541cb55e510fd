"""From a line's columns to a Row that may be stored, or the reason why not."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commerce import money
from commerce.catalog.models import ProductKind
from community.foundation.characters import tidy
from community.foundation.exports import FORMULA

MOST_ON_HAND = 1_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALVES = re.compile("[\ud800-\udfff]")
_KEY = re.compile(r"[-\w]{1,80}\Z")
_NUMBER = re.compile(r"[0-9]{1,7}\Z")
_LENGTHS = {"title": 200, "sku": 64, "summary": 300, "description": 20_000, "category": 60, "authors": 200}


class Refusal(Exception):
    """The line cannot be taken; the sentence says why."""


@dataclass(frozen=True)
class Row:
    """One variant of a product. `price` in smallest units; `on_hand` None leaves the stock as it is."""

    number: int
    subject: str
    title: str
    sku: str
    price: int
    on_hand: int | None
    category: str = ""
    kind: str = ProductKind.GOODS
    summary: str = ""
    description: str = ""
    options: dict[str, str] = field(default_factory=dict)

    @property
    def product_key(self) -> tuple[str, str]:
        """Rows of one subject and title are variants of one product."""
        return self.subject, self.title


def check(number: int, columns: Mapping[str, Any], *, seed: int | None = None) -> Row:
    """The row of a line. Without `sku` the subject's key serves; without `price` one is made from `seed`, if given.

    Raises Refusal.
    """
    subject = plain(columns, "subject", 80)
    if not _KEY.match(subject):
        raise Refusal(_("“subject” may hold letters, digits, hyphens and underscores only"))
    title = plain(columns, "title", _LENGTHS["title"])
    if not title:
        raise Refusal(_("“title” is missing"))
    sku = plain(columns, "sku", _LENGTHS["sku"]) or subject[:64].upper()
    kind = plain(columns, "kind", 20) or ProductKind.GOODS
    if kind not in ProductKind.values:
        raise Refusal(_("“kind” must be one of: %(kinds)s") % {"kinds": ", ".join(ProductKind.values)})
    made = random.Random(f"{seed}:{sku}")  # noqa: S311  (made prices of a demonstration, the same again by the same seed)
    authors = plain(
        {"authors": str(columns.get("authors") or "")[: _LENGTHS["authors"]]}, "authors", _LENGTHS["authors"]
    )
    return Row(
        number=number,
        subject=subject,
        title=title,
        sku=sku,
        price=_price(plain(columns, "price", 30), made if seed is not None else None),
        on_hand=_on_hand(plain(columns, "on_hand", 10), made if seed is not None else None),
        category=plain(columns, "category", _LENGTHS["category"]),
        kind=kind,
        summary=plain(columns, "summary", _LENGTHS["summary"]) or authors,
        description=plain(columns, "description", _LENGTHS["description"]),
        options=_options(plain(columns, "options", 400)),
    )


def plain(columns: Mapping[str, Any], name: str, longest: int) -> str:
    """The text of a column, empty where there is none; without the mark that exports put before a formula.

    Raises Refusal for control characters, halves of characters, and more than `longest` characters.
    """
    value = columns.get(name)
    text = "" if value is None else str(value)
    if not (text.isascii() and text.isprintable()):  # which is nearly always so, and then there is nothing to tidy
        if _CONTROL.search(text) or _HALVES.search(text):
            raise Refusal(_("“%(column)s” holds control characters") % {"column": name})
        text = tidy(text)
    text = text.strip()
    if text.startswith("'") and text[1:].startswith(FORMULA):  # as exports put before it
        text = text[1:]
    if len(text) > longest:
        raise Refusal(_("“%(column)s” is longer than %(n)d characters") % {"column": name, "n": longest})
    return text


def _price(text: str, made: random.Random | None) -> int:
    if not text and made is not None:
        places = money.decimals(settings.CURRENCY)
        return made.randrange(50, 380) * 100 * 10**places // (1000 if places else 1)
    if not text:
        raise Refusal(_("“price” is missing"))
    try:
        return money.parse(text.replace(",", ""))
    except money.NoAmount:
        raise Refusal(_("“price” is no amount of money such as 12000")) from None


def _on_hand(text: str, made: random.Random | None) -> int | None:
    if not text:
        return made.choice((0, *range(1, 60))) if made is not None else None
    if not _NUMBER.match(text) or int(text) > MOST_ON_HAND:
        raise Refusal(_("“on_hand” must be a whole number from 0 to 1,000,000"))
    return int(text)


def _options(text: str) -> dict[str, str]:
    """ "Size=M; Colour=Red" """
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, sign, value = (one.strip() for one in part.partition("="))
        if not (name and sign and value) or name in found or len(name) > 60 or len(value) > 60 or len(found) == 3:
            raise Refusal(_("“options” must look like: Size=M; Colour=Red"))
        found[name] = value
    return found
