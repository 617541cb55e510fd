"""Begin to watch a product, watch for something else, end it. A member's watches change under the lock of the member."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.catalog.models import Product, Variant
from commerce.watches import conf
from commerce.watches.errors import (
    NoPriceToFall,
    NoSuchVariant,
    NotBelowPrice,
    NothingWatched,
    TooManyWatched,
    WatchedAlready,
)
from commerce.watches.models import Watch
from community.foundation.problems import NotThere
from community.members.models import Member


@dataclass(frozen=True)
class Wishes:
    """What a member wants to be told; `target_price` in smallest units, None for any fall."""

    back_in_stock: bool = False
    price_fall: bool = False
    target_price: int | None = None


@transaction.atomic
def watch(*, by: Any, product: Product, variant_id: UUID | None = None, wishes: Wishes) -> Watch:
    """Begin to watch a product on sale, or one of its variants.

    Raises NotThere, NoSuchVariant, WatchedAlready, TooManyWatched, NothingWatched, NoPriceToFall, NotBelowPrice.
    """
    on_sale, variant = _thing(product.pk, variant_id)
    own = _own_locked(by)
    if own.filter(product=on_sale, variant=variant).exists():
        raise WatchedAlready
    return _begin(own, Watch(member=by, product=on_sale, variant=variant), wishes)


@transaction.atomic
def put(*, by: Any, product: Product, variant_id: UUID | None = None, wishes: Wishes) -> Watch:
    """As `watch`; what is watched already is watched for this from now on, so that a second press does no harm."""
    on_sale, variant = _thing(product.pk, variant_id)
    own = _own_locked(by)
    known = own.filter(product=on_sale, variant=variant).first()
    if known is None:
        return _begin(own, Watch(member=by, product=on_sale, variant=variant), wishes)
    known.product, known.variant = on_sale, variant
    return _save(known, wishes)


@transaction.atomic
def change(*, by: Any, watch_id: UUID, **told: Any) -> Watch:
    """Watch for something else; `told` holds the fields of Wishes that change. Today's price is then the one known.

    Raises NotThere for others' and for what is not on sale, NothingWatched, NoPriceToFall, NotBelowPrice.
    """
    own = _own_locked(by)
    row = own.filter(pk=watch_id).first()
    if row is None:
        raise NotThere
    row.product, row.variant = _thing(row.product_id, row.variant_id)
    said = {name: told.get(name, getattr(row, name)) for name in ("back_in_stock", "price_fall", "target_price")}
    if said["price_fall"] is False and "target_price" not in told:
        said["target_price"] = None
    return _save(row, Wishes(**said))


@transaction.atomic
def end(*, by: Any, watch_id: UUID) -> None:
    """Watch it no more; again is no fault."""
    Watch.objects.of(by).filter(pk=watch_id).delete()


@transaction.atomic
def end_asleep(*, by: Any) -> int:
    """Watch nothing more that is not on sale at present; gives how many that were."""
    own = Watch.objects.of(by)
    return own.exclude(pk__in=own.on_sale().values("pk")).delete()[0]


def _thing(product_id: UUID, variant_id: UUID | None) -> tuple[Product, Variant | None]:
    product = Product.objects.on_sale().filter(pk=product_id).first()
    if product is None:
        raise NotThere
    if variant_id is None:
        return product, None
    variant = product.variants.filter(pk=variant_id, active=True).first()
    if variant is None:
        raise NoSuchVariant(field="variant")
    return product, variant


def _own_locked(by: Any) -> Any:
    """The member's watches, none of which anyone else adds until the end of the transaction."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    return Watch.objects.select_for_update(of=("self",), no_key=True).filter(member=by)


def _begin(own: Any, row: Watch, wishes: Wishes) -> Watch:
    if own.count() >= conf.MOST:
        raise TooManyWatched
    return _save(row, wishes)


def _save(row: Watch, wishes: Wishes) -> Watch:
    if not (wishes.back_in_stock or wishes.price_fall):
        raise NothingWatched(field="back_in_stock")
    if wishes.target_price is not None and not wishes.price_fall:
        raise NoPriceToFall(field="target_price")
    price = row.variant.price if row.variant else row.product.price
    if wishes.target_price is not None and wishes.target_price >= (price or 0):
        raise NotBelowPrice(field="target_price")
    row.back_in_stock, row.price_fall, row.target_price = wishes.back_in_stock, wishes.price_fall, wishes.target_price
    row.known_price = price if wishes.price_fall else None
    row.told_at = row.told_at if wishes.price_fall else None
    row.save()
    return row
