"""What higher apps add to products: fields over REST, whether a variant can be bought, who bought a product.

    registering.register_product_fields(Extra("specification_schema", field, read=..., write=...))
    registering.register_variant_fields(Extra("available", field, read=available_of))
    registering.register_availability(lambda: Q(Exists(Stock.objects.filter(variant=OuterRef("pk"), ...))))
    registering.register_counting(set_on_hand_of_many)
    registering.register_buyers(has_bought)                                      all in AppConfig.ready

A reader gets all objects of a page at once and runs a constant number of queries; a writer runs in the transaction of
the act that creates or changes the object, before the product is locked (commerce.catalog.locks).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from rest_framework import serializers

from commerce.catalog.locks import require_seller


class Write(Protocol):
    def __call__(self, *, by: Any, of: Any, value: Any) -> None: ...


@dataclass(frozen=True)
class Extra:
    """A field that another app adds to products or variants.

    `field` makes the serializer field (of requests and replies); `read` gives the value by key, None where there is
    none, or is None for a field that is only written; `write` is None for one that is only read.
    """

    name: str
    field: Callable[[], serializers.Field]
    read: Callable[[Sequence[UUID], Any], Mapping[UUID, Any]] | None = None
    write: Write | None = None


Condition = Callable[[], Q]
Count = Callable[..., None]
_product_fields: dict[str, Extra] = {}
_variant_fields: dict[str, Extra] = {}
_availability: dict[str, Condition] = {}
_buyers: dict[str, Callable[[Any, UUID], bool]] = {}
_counting: dict[str, Count] = {}


def register_product_fields(*extras: Extra) -> None:
    """Add fields to `products/` and `products/{slug}/`."""
    _product_fields.update({extra.name: extra for extra in extras})


def register_variant_fields(*extras: Extra) -> None:
    """Add fields to the variants of a product and to `variants/{id}/`."""
    _variant_fields.update({extra.name: extra for extra in extras})


def register_availability(name: str, condition: Condition) -> None:
    """Say when a variant that is no file can be bought: a condition on the rows of Variant. All must hold."""
    _availability[name] = condition


def register_counting(count: Count) -> None:
    """Say who takes the stock of imports: count(by=, on_hand: Mapping[variant id, number]), in the transaction."""
    _counting["stock"] = count


def register_buyers(name: str, has_bought: Callable[[Any, UUID], bool]) -> None:
    """Say who bought a product: has_bought(member, product id). One that says so is enough to download its files."""
    _buyers[name] = has_bought


def product_fields() -> dict[str, Extra]:
    return dict(_product_fields)


def variant_fields() -> dict[str, Extra]:
    return dict(_variant_fields)


def availability() -> Q:
    """When a variant that is no file can be bought; always, while no app counts."""
    condition = Q()
    for one in _availability.values():
        condition &= one()
    return condition


def count_stock(*, by: Any, on_hand: Mapping[UUID, int]) -> None:
    """Hand the numbers on hand of an import to whoever counts."""
    if on_hand:
        for count in _counting.values():
            count(by=by, on_hand=on_hand)


def has_bought(member: Any, product_id: UUID) -> bool:
    """Whether any app knows that the member bought the product."""
    return any(ask(member, product_id) for ask in _buyers.values())


def read_all(extras: Mapping[str, Extra], ids: Sequence[UUID], viewer: Any) -> dict[str, Mapping[UUID, Any]]:
    """The values of every readable field for these objects: {field: {key: value}}."""
    return {extra.name: extra.read(ids, viewer) for extra in extras.values() if extra.read is not None}


def write_all(extras: Mapping[str, Extra], *, by: Any, of: Any, values: Mapping[str, Any]) -> None:
    """Let each app take its value. Raises NotYourProduct before any is taken."""
    require_seller(by, of.vendor)
    for name, value in values.items():
        write = extras[name].write
        if write is not None:
            write(by=by, of=of, value=value)
