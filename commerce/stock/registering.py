"""What this app tells the registries of the lower ones."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from rest_framework import serializers

from commerce import locks
from commerce.catalog import panels, registering
from commerce.catalog.models import ProductKind, Variant
from commerce.stock import counting, reading
from commerce.stock import panels as own_panels
from commerce.stock.conf import MOST
from commerce.stock.models import Stock
from commerce.vendors import duties
from commerce.vendors.models import Vendor
from community.foundation import fragments
from community.notifications import kinds
from community.notifications.models.wishes import Channel

STOCK_LOW = kinds.NoticeKind(
    name="stock_low",
    title=_("Stock that runs low"),
    one=_("“%(title)s” runs low. Order more, or count what is there"),
    group=kinds.Group.TEAM,
    icon="flag",
    defaults=frozenset({Channel.PAGE, Channel.LETTER}),
)


def register_all() -> None:
    locks.register("stock", "commerce_stock.Stock")
    locks.register("capacity", "commerce_stock.Calendar")
    kinds.register(STOCK_LOW)
    registering.register_availability("stock", can_be_bought)
    registering.register_counting(count_many)
    registering.register_variant_fields(
        registering.Extra("available", available_field, read=lambda ids, viewer: reading.available(ids)),
        registering.Extra("on_hand", on_hand_field, read=on_hand_of, write=set_on_hand),
    )
    panels.register(panels.Panel(name="stock", place="price", order=10, build=own_panels.left))
    panels.register(panels.Panel(name="promise", place="head", order=10, build=own_panels.promised))
    duties.register(to_refill)
    fragments.dress("css/commerce/stock.css")


def to_refill(vendor: Vendor, member: Any) -> list[duties.Duty]:
    """What the desk's first page says of stock."""
    low = Stock.objects.filter(variant__vendor=vendor, variant__active=True, on_hand__lte=F("refill_at")).count()
    url = reverse("desk:commerce_stock_stock_changelist") + "?low=low"
    return [duties.Duty(low, ngettext("thing to order or to count", "things to order or to count", low), url)]


def can_be_bought() -> Q:
    """Of variants: some are available, or they are made to order and nobody counts them."""
    return Q(stock__available__gt=0) | Q(product__kind=ProductKind.MADE_TO_ORDER, stock__isnull=True)


def available_field() -> serializers.Field:
    return serializers.IntegerField(read_only=True, help_text="How many can be bought now.")


def on_hand_field() -> serializers.Field:
    return serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=MOST,
        help_text="The physical count, held units included. Only the vendor's staff read it; others get null.",
    )


def on_hand_of(ids: Sequence[UUID], viewer: Any) -> dict[UUID, int]:
    rows = Stock.objects.visible_to(viewer).filter(variant__in=ids)
    return dict(rows.values_list("variant", "on_hand"))


def set_on_hand(*, by: Any, of: Variant, value: int | None) -> None:
    if value is not None:
        counting.set_on_hand(by=by, variant=of, on_hand=value)


def count_many(*, by: Any, on_hand: Mapping[UUID, int]) -> None:
    """The numbers of an import."""
    variants = Variant.objects.filter(pk__in=on_hand).select_related("product")
    counting.set_on_hand_of_many(by=by, on_hand={variant: on_hand[variant.pk] for variant in variants})
