"""Variants: what is bought. Their prices are never changed without leaving a point in the price history."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from commerce.catalog import summaries
from commerce.catalog.errors import OptionsTaken, SkuTaken, TooManyVariants, UnknownOption
from commerce.catalog.locks import product_for_change
from commerce.catalog.models import PricePoint, Product, ProductState, Variant
from commerce.catalog.offering import take_off
from commerce.money import MOST, NoAmount
from community.members import standing
from community.outbox.events import publish

MOST_VARIANTS = 200
_NAMES = {"catalog_sku_once_a_vendor": SkuTaken, "catalog_options_once_a_product": OptionsTaken}


@transaction.atomic
def add(*, by: Any, product: Product, sku: str, price: int, options: Mapping[str, str] | None = None) -> Variant:
    """Add a variant at a price in smallest units, with one value of each option of the product.

    Raises NotThere, NotYourProduct, ProductRemoved, UnknownOption, SkuTaken, OptionsTaken, TooManyVariants, NoAmount.
    """
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    chosen = _checked_options(row, options or {})
    number = row.variants.count()
    if number >= MOST_VARIANTS:
        raise TooManyVariants
    variant = Variant(
        product=row, vendor_id=row.vendor_id, sku=sku.strip(), options=chosen, price=_amount(price), position=number
    )
    _save(variant)
    PricePoint.objects.create(variant=variant, price=price, by=by)
    summaries.refresh([row.pk])
    return variant


@transaction.atomic
def change_price(*, by: Any, variant: Variant, price: int) -> Variant:
    """Set the price; the former stays in the history. The same price again changes nothing.

    Raises NotThere, NotYourProduct, ProductRemoved, NoAmount.
    """
    standing.require_voice(by)
    row = variant_for_change(by=by, variant=variant)
    if row.price == _amount(price):
        return row
    before, row.price = row.price, price
    row.save(update_fields=["price"])
    PricePoint.objects.create(variant=row, price=price, by=by)
    summaries.refresh([row.product_id])
    payload = {"variant": str(row.pk), "product": str(row.product_id), "before": before, "price": price}
    publish(topic="product.price_changed", key=str(row.pk), payload=payload)
    return row


@transaction.atomic
def rename_sku(*, by: Any, variant: Variant, sku: str) -> Variant:
    """Give it another SKU. Raises SkuTaken and as `change_price`."""
    standing.require_voice(by)
    row = variant_for_change(by=by, variant=variant)
    row.sku = sku.strip()
    _save(row)
    return row


@transaction.atomic
def retire(*, by: Any, variant: Variant) -> Variant:
    """Sell it no more; again is no fault. With its last variant a product leaves the shop.

    Raises NotThere, NotYourProduct, ProductRemoved.
    """
    standing.require_voice(by)
    return _set_active(variant_for_change(by=by, variant=variant), active=False)


@transaction.atomic
def bring_back(*, by: Any, variant: Variant) -> Variant:
    """Sell it again. Raises OptionsTaken if another variant took its place, and as `retire`."""
    standing.require_voice(by)
    return _set_active(variant_for_change(by=by, variant=variant), active=True)


def missing(product: Product) -> Iterator[dict[str, str]]:
    """The combinations of the product's options for which there is no active variant: the matrix to fill."""
    there = {_key(one) for one in product.variants.filter(active=True).values_list("options", flat=True)}
    names = [option["name"] for option in product.options]
    for values in itertools.product(*(option["values"] for option in product.options)):
        chosen = dict(zip(names, values, strict=True))
        if _key(chosen) not in there:
            yield chosen


@transaction.atomic
def make_matrix(*, by: Any, product: Product, price: int, stem: str) -> list[Variant]:
    """Add every missing combination at one price, with SKUs made of `stem` and the values. Raises as `add`."""
    combinations = list(itertools.islice(missing(product), MOST_VARIANTS + 1))
    if len(combinations) > MOST_VARIANTS:
        raise TooManyVariants
    return [
        add(by=by, product=product, sku=_sku(stem, chosen.values()), price=price, options=chosen)
        for chosen in combinations
    ]


def variant_for_change(*, by: Any, variant: Variant) -> Variant:
    """The variant as it is now, under the lock of its product."""
    product = product_for_change(by=by, product_id=variant.product_id)
    row = Variant.objects.select_for_update(no_key=True).get(pk=variant.pk)
    row.product = product
    return row


def _set_active(row: Variant, *, active: bool) -> Variant:
    if row.active != active:
        row.active = active
        _save(row)
        if not row.product.variants.filter(active=True).exists():
            take_off(row.product, ProductState.PAUSED)
        summaries.refresh([row.product_id])
    return row


def _checked_options(product: Product, chosen: Mapping[str, str]) -> dict[str, str]:
    allowed = {option["name"]: option["values"] for option in product.options}
    if set(chosen) != set(allowed) or any(chosen[name] not in values for name, values in allowed.items()):
        raise UnknownOption(field="options")
    return {name: chosen[name] for name in allowed}


def _save(variant: Variant) -> None:
    try:
        with transaction.atomic():
            variant.save()
    except IntegrityError as error:
        for name, problem in _NAMES.items():
            if name in str(error):
                raise problem(field="sku" if problem is SkuTaken else "options") from error
        raise


def _amount(price: int) -> int:
    if not 0 <= price <= MOST:
        raise NoAmount(field="price")
    return price


def _key(options: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(options.items()))


def _sku(stem: str, values: Iterable[str]) -> str:
    parts = [stem, *(slugify(value, allow_unicode=True) for value in values)]
    return "-".join(part for part in parts if part).upper()[:64]
