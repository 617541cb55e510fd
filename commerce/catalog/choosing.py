"""A product as its page shows it: the variant chosen, what else may be chosen, its pictures and its prices."""

import uuid
from dataclasses import dataclass
from typing import Any

from commerce.catalog.history import History, history_of
from commerce.catalog.models import Picture, Product, Variant
from commerce.catalog.reading import variants_of


@dataclass(frozen=True)
class Value:
    """One value of an option, and the variant that one comes to by choosing it; none where there is no such.

    `picture` is that variant's own."""

    text: str
    variant: Variant | None
    chosen: bool
    can_buy: bool
    picture: Picture | None = None


@dataclass(frozen=True)
class Option:
    name: str
    values: list[Value]


@dataclass(frozen=True)
class Shown:
    """`chosen` is None while a draft has no variant yet; `picture` is the one in front, None without any.

    `mark` is the same as long as all this is the same: what hangs on nothing else is put together once (`panels`).
    """

    product: Product
    variants: list[Any]
    chosen: Any
    options: list[Option]
    pictures: list[Picture]
    picture: Picture | None
    history: History | None
    mark: int | None = None


def show(product: Product, *, variant: str = "", picture: str = "", mark: int | None = None) -> Shown:
    """What the page shows when `variant` and `picture` (ids as text, as in its address) are asked for. An id that is
    none of the product's counts as not given: the first variant that can be bought stands in front."""
    variants: list[Any] = list(variants_of([product]))
    first = next((one for one in variants if one.can_buy), variants[0] if variants else None)
    chosen = next((one for one in variants if str(one.pk) == variant), first)
    pictures = _pictures(product, chosen.pk if chosen else None)
    front = next((one for one in pictures if str(one.pk) == picture), pictures[0] if pictures else None)
    history = history_of(chosen) if chosen else None
    return Shown(product, variants, chosen, _options(product, variants, chosen), pictures, front, history, mark)


def _pictures(product: Product, chosen: uuid.UUID | None) -> list[Picture]:
    """Those of the chosen variant first, then those of the product; not those of other variants."""
    rows = [one for one in product.pictures.all() if one.variant_id in (None, chosen)]
    return sorted(rows, key=lambda one: one.variant_id is None)


def _options(product: Product, variants: list[Any], chosen: Any) -> list[Option]:
    if chosen is None:
        return []
    return [
        Option(option["name"], [_value(product, option["name"], text, variants, chosen) for text in option["values"]])
        for option in product.options
    ]


def _value(product: Product, name: str, text: str, variants: list[Any], chosen: Any) -> Value:
    """Choosing a value keeps the other options where such a variant exists, else takes the first that has the value."""
    with_it = [one for one in variants if one.options.get(name) == text]
    exact = [one for one in with_it if one.options == {**chosen.options, name: text}]
    found = next(iter(exact or with_it), None)
    own = [one for one in product.pictures.all() if found and one.variant_id == found.pk]
    return Value(text, found, chosen.options.get(name) == text, bool(found and found.can_buy), next(iter(own), None))
