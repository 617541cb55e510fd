from uuid import UUID

from commerce.catalog.models import Variant
from commerce.watches import telling
from community.outbox.events import Event, handles


@handles("stock.back")
def tell_back(event: Event) -> None:
    variant = Variant.objects.filter(pk=event.payload["variant"]).first()
    if variant is not None:
        telling.tell_back(variant)


@handles("product.price_changed")
def tell_price(event: Event) -> None:
    variant = Variant.objects.filter(pk=event.payload["variant"]).first()
    if variant is not None:
        telling.tell_price(variant)


@handles("product.listed")
def tell_listed(event: Event) -> None:
    telling.tell_listed(UUID(event.payload["product"]))


@handles("product.removed")
def forget(event: Event) -> None:
    telling.forget(UUID(event.payload["product"]))
