"""Who is told when something can be bought again or costs less. Called by the handlers of events, each of which runs once.

What is told is what is true when the event arrives, not when it was written: what was sold again meanwhile, what went
up again, what is no longer on sale is not told of, and nobody's watch ends for it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Q

from commerce.catalog.models import PricePoint, Product, Variant
from commerce.catalog.reading import variants_of
from commerce.watches.models import Watch, WatchQuerySet
from community.foundation import clock
from community.foundation.ids import uuid7
from community.notifications.noticing import tell

BACK, FALL = "watch_back_in_stock", "watch_price_fall"


@transaction.atomic
def tell_back(variant: Variant) -> int:
    """Tell those who wait for this variant, or for any of its product, that it can be bought again; with that their wish
    is met and ends. Gives how many were told. Nobody is, if it cannot be bought or is not on sale."""
    product = Product.objects.on_sale().filter(pk=variant.product_id).first()
    if product is None or variant.pk not in _can_be_bought(product):
        return 0
    waiting = _locked(_of(variant), back_in_stock=True)
    if not waiting:
        return 0
    rows = Watch.objects.filter(pk__in=[one.pk for one in waiting])
    rows.filter(price_fall=False).delete()
    rows.update(back_in_stock=False)
    return _tell(BACK, waiting, ("variant", variant.pk), ("back_in_stock", uuid7()))


@transaction.atomic
def tell_listed(product_id: UUID) -> int:
    """A product came on sale again: what came back or fell while it was not is told now."""
    product = Product.objects.on_sale().filter(pk=product_id).first()
    if product is None or not Watch.objects.filter(product=product).exists():
        return 0
    variants = list(variants_of([product]))
    can_be_bought = _can_be_bought(product)
    return sum(tell_back(one) for one in variants if one.pk in can_be_bought) + sum(map(tell_price, variants))


@transaction.atomic
def tell_price(variant: Variant) -> int:
    """Tell those who wait for a lower price of this variant, or of its product, if there is one. Gives how many were told.

    The product's price is that of its cheapest variant, which is then what the notice leads to.
    """
    product = Product.objects.on_sale().filter(pk=variant.product_id).first()
    if product is None or product.price is None:
        return 0
    _forget_dips(Watch.objects.filter(product=product, variant=None), product.price)
    cheapest = product.variants.filter(active=True, price=product.price).order_by("position", "id").first()
    told = _tell_of(Q(product=product, variant=None), cheapest) if cheapest else 0
    if variant.active:
        _forget_dips(Watch.objects.filter(variant=variant), variant.price)
        told += _tell_of(Q(variant=variant), variant)
    return told


@transaction.atomic
def forget(product_id: UUID) -> int:
    """The product is gone for good: nobody waits for it any more."""
    return Watch.objects.filter(product=product_id, product__state="removed").delete()[0]


def _can_be_bought(product: Product) -> set[UUID]:
    variants: list[Any] = list(variants_of([product]))
    return {one.pk for one in variants if one.can_buy}


def _of(variant: Variant) -> Q:
    return Q(product=variant.product_id) & (Q(variant=None) | Q(variant=variant))


def _tell_of(whose: Q, variant: Variant) -> int:
    """Tell of the price of a variant, whose it is news to; they know it from then on."""
    news = Q(known_price__gt=variant.price) & (Q(target_price=None) | Q(target_price__gte=variant.price))
    waiting = _locked(whose & news, price_fall=True)
    if not waiting:
        return 0
    rows = Watch.objects.filter(pk__in=[one.pk for one in waiting])
    rows.update(known_price=variant.price, told_at=clock.now())
    return _tell(FALL, waiting, ("variant_price", variant.pk), ("price", _point_of(variant)))


def _forget_dips(rows: WatchQuerySet, price: int) -> None:
    """Above a member's own price again, the fall they were told of is over: the next one is news, wherever it stops."""
    rows.filter(target_price__lt=price, known_price__lte=F("target_price")).update(known_price=price)


def _locked(which: Q, **wish: bool) -> Sequence[Watch]:
    rows = Watch.objects.select_for_update(no_key=True).filter(which, **wish)
    return list(rows.order_by("pk").only("pk", "member_id"))


def _point_of(variant: Variant) -> UUID:
    """The event as notices know it: the point of the price history that said this price."""
    point: Any = (
        PricePoint.objects.filter(variant=variant).order_by("-since", "-id").values_list("pk", flat=True).first()
    )
    return point or uuid5(variant.pk, str(variant.price))


def _tell(kind: str, waiting: Sequence[Watch], target: tuple[str, UUID], source: tuple[str, UUID]) -> int:
    return tell(kind=kind, to=[one.member_id for one in waiting], target=target, source=source)
