"""Goods come in, are counted, or are found broken: the physical count changes, and a movement says why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commerce import locks
from commerce.catalog import summaries
from commerce.catalog.models import Variant
from commerce.stock import reading
from commerce.stock.conf import MOST
from commerce.stock.errors import NotCounted, NotYourStock, StockHeld, WrongQuantity
from commerce.stock.events import tell_available, tell_low, tell_received
from commerce.stock.holding import require_quantity
from commerce.stock.models import Movement, MovementReason, Source, Stock
from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere


@transaction.atomic
def receive(*, by: Any, variant: Variant, quantity: int, note: str = "") -> Stock:
    """Goods arrived. Raises NotThere, NotYourStock, NotCounted, WrongQuantity, Busy."""
    stock = _stock_for(by, variant)
    return move(stock, require_quantity(quantity), MovementReason.RECEIVED, by=by, note=note)


@transaction.atomic
def correct(*, by: Any, variant: Variant, change: int, reason: str = MovementReason.DAMAGED, note: str = "") -> Stock:
    """Some more or fewer are there than the books say: counted, or damaged and lost.

    Raises StockHeld if fewer would be left than are held for buyers, and as `receive`.
    """
    stock = _stock_for(by, variant)
    require_quantity(abs(change) if type(change) is int else change)
    return move(stock, change, MovementReason(reason), by=by, note=note)


@transaction.atomic
def set_on_hand(*, by: Any, variant: Variant, on_hand: int, note: str = "") -> Stock:
    """So many were counted. The same number again leaves no movement. The first count of a variant is its receipt.

    Raises StockHeld below what is held for buyers, and as `receive`.
    """
    if type(on_hand) is not int or not 0 <= on_hand <= MOST:
        raise WrongQuantity(field="on_hand")
    stock = _stock_for(by, variant)
    if on_hand == stock.on_hand:
        return stock
    reason = MovementReason.COUNTED if stock.movements.exists() else MovementReason.RECEIVED
    return move(stock, on_hand - stock.on_hand, reason, by=by, note=note)


@transaction.atomic
def set_refill_at(*, by: Any, variant: Variant, refill_at: int) -> Stock:
    """Tell the staff when no more than this are left. Raises as `receive`."""
    if type(refill_at) is not int or not 0 <= refill_at <= MOST:
        raise WrongQuantity(field="refill_at")
    stock = _stock_for(by, variant)
    stock.refill_at = refill_at
    stock.save(update_fields=["refill_at"])
    if stock.movements.exists():
        tell_low(stock)
    return stock


def move(
    stock: Stock, change: int, reason: MovementReason, *, by: Any, note: str = "", source: Source | None = None
) -> Stock:
    """Change the count of a locked stock and write it down. Raises StockHeld, WrongQuantity."""
    if stock.on_hand + change > MOST:
        raise WrongQuantity(field="quantity")
    rows = Stock.objects.filter(pk=stock.pk, held__lte=F("on_hand") + change)
    if not rows.update(on_hand=F("on_hand") + change):
        raise StockHeld(field="on_hand")
    kind, id = source or ("", None)
    Movement.objects.create(
        stock=stock, change=change, reason=reason, note=note[:200], by=by, source_kind=kind, source_id=id
    )
    before, after = stock.available, stock.available + change
    stock.on_hand, stock.available = stock.on_hand + change, after
    tell_available(stock, before=before, after=after)
    tell_low(stock)
    if (before > 0) != (after > 0):
        summaries.refresh([stock.variant.product_id])
    return stock


@transaction.atomic
def set_on_hand_of_many(*, by: Any, on_hand: Mapping[Variant, int], note: str = "") -> None:
    """As `set_on_hand` for each; those that were never counted, as in an import, are received together.

    Raises as `set_on_hand`, before anything is counted where that can be known.
    """
    counted = set(Stock.objects.filter(variant__in=list(on_hand)).values_list("variant", flat=True))
    new = {variant: number for variant, number in on_hand.items() if variant.pk not in counted}
    _require_countable(by, new)
    rows = {variant.pk: Stock(variant=variant, on_hand=number) for variant, number in new.items()}
    Stock.objects.bulk_create(rows.values(), ignore_conflicts=True, batch_size=1000)
    ours = set(Stock.objects.filter(pk__in=[row.pk for row in rows.values()]).values_list("variant", flat=True))
    received = [rows[pk] for pk in ours if rows[pk].on_hand]
    Movement.objects.bulk_create(
        [
            Movement(stock=row, change=row.on_hand, reason=MovementReason.RECEIVED, note=note[:200], by=by)
            for row in received
        ],
        batch_size=1000,
    )
    tell_received(received)
    summaries.refresh(row.variant.product_id for row in received)
    for variant in sorted(on_hand, key=lambda one: one.pk):
        if variant.pk not in ours:  # counted before, or by a rival just now
            set_on_hand(by=by, variant=variant, on_hand=on_hand[variant], note=note)


def _require_countable(by: Any, on_hand: Mapping[Variant, int]) -> None:
    """What `set_on_hand` asks of each. Raises NotThere, NotYourStock, NotCounted, WrongQuantity."""
    if any(type(number) is not int or not 0 <= number <= MOST for number in on_hand.values()):
        raise WrongQuantity(field="on_hand")
    ids = [variant.pk for variant in on_hand]
    if by is not None and Variant.objects.visible_to(by).filter(pk__in=ids).count() < len(ids):
        raise NotThere
    for vendor_id in {variant.vendor_id for variant in on_hand}:
        require_staff(by, vendor_id)
    if not all(reading.can_be_counted(variant.product.kind) for variant in on_hand):
        raise NotCounted(field="on_hand")


def require_staff(member: Any, vendor_id: UUID) -> None:
    """Everyone on the vendor's staff may count, operators, and None: a command on the machine itself.

    Raises NotYourStock.
    """
    if (
        member is not None
        and not member.is_operator
        and not Vendor.objects.staffed_by(member).filter(pk=vendor_id).exists()
    ):
        raise NotYourStock


def _stock_for(by: Any, variant: Variant) -> Stock:
    """The variant's stock, locked; made if it was never counted."""
    if by is not None and not Variant.objects.visible_to(by).filter(pk=variant.pk).exists():
        raise NotThere
    require_staff(by, variant.vendor_id)
    if not reading.can_be_counted(variant.product.kind):
        raise NotCounted(field="on_hand")
    stock, _made = Stock.objects.get_or_create(variant=variant)
    locked = locks.take_one("stock", stock.pk)
    locked.variant = variant
    return locked
