"""Keep units for somebody while they pay, sell them, or let them go (rule 2.3). Everything may be called again.

    hold(lines=[Wanted(variant.pk, 2)], source=("purchase", purchase.pk), until=...)
    sell(("purchase", purchase.pk))        # paid; when the hold ran out meanwhile, it is tried once more
    release(("purchase", purchase.pk))     # not paid

Holds change under the lock of their stock only; all stocks of an act are locked at once, in the order of their keys.
Whether enough is there is decided by the guarded UPDATE alone, never by what was read before it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Sum, When
from django.db.models.functions import Greatest

from commerce import locks
from commerce.stock import reading
from commerce.stock.conf import MOST
from commerce.stock.errors import HeldOtherwise, OutOfStock, WrongQuantity
from commerce.stock.events import tell_available, tell_low
from commerce.stock.models import Hold, HoldState, Movement, MovementReason, Source, Stock


@dataclass(frozen=True)
class Wanted:
    """So many units of a variant."""

    variant_id: UUID
    quantity: int


@transaction.atomic
def hold(*, lines: Sequence[Wanted], source: Source, until: dt.datetime) -> None:
    """Keep what the lines want, all or nothing. Lines of one variant are summed; uncounted variants need no hold.

    Called again for the same source it holds nothing more, only longer. Expired holds of others are reclaimed before
    anything is refused. Raises OutOfStock, WrongQuantity, HeldOtherwise (the source holds other lines), Busy.
    """
    wanted = _stocks_of(summed(lines))
    stocks = locks.take("stock", wanted)
    earlier = {hold.stock_id: hold for hold in Hold.objects.of(source)}
    if earlier and {key: hold.quantity for key, hold in earlier.items()} != wanted:
        raise HeldOtherwise
    _hold_again(stocks, earlier, until)
    fresh = {key: quantity for key, quantity in wanted.items() if key not in earlier}
    _reserve(stocks, fresh)
    kind, id = source
    Hold.objects.bulk_create(
        Hold(stock_id=key, quantity=quantity, source_kind=kind, source_id=id, expires_at=until)
        for key, quantity in sorted(fresh.items())
    )


@transaction.atomic
def extend(source: Source, until: dt.datetime) -> None:
    """Keep for longer, never for less; what ran out is tried once more. Raises OutOfStock if others took it."""
    stocks, holds = _locked(source)
    _hold_again(stocks, holds, until)


@transaction.atomic
def sell(source: Source, *, by: Any = None) -> None:
    """Turn what is held into a sale: both columns fall in one statement, and a movement says why.

    What ran out meanwhile (a late capture) is held once more first. Raises OutOfStock if others took it: nothing is
    sold then, and the caller owes the money back.
    """
    stocks, holds = _locked(source)
    _hold_again(stocks, holds, None)
    sold = {key: hold.quantity for key, hold in sorted(holds.items()) if hold.state != HoldState.SOLD}
    if sold:
        units = Case(*[When(pk=key, then=quantity) for key, quantity in sold.items()])
        Stock.objects.filter(pk__in=sold).update(on_hand=F("on_hand") - units, held=F("held") - units)
        Movement.objects.bulk_create(
            Movement(
                stock_id=key,
                change=-quantity,
                reason=MovementReason.SOLD,
                source_kind=source[0],
                source_id=source[1],
                by=by,
            )
            for key, quantity in sold.items()
        )
    for key, quantity in sold.items():
        stocks[key].on_hand -= quantity
        tell_low(stocks[key])
    Hold.objects.of(source).update(state=HoldState.SOLD)


@transaction.atomic
def release(source: Source) -> None:
    """Let go what is held. What is sold stays sold; it comes back by `returning.restock`."""
    stocks, holds = _locked(source)
    _let_go(stocks, [hold for hold in holds.values() if hold.state == HoldState.HELD])


def reclaim(stocks: Mapping[UUID, Stock]) -> dict[UUID, int]:
    """Let go every expired hold of these locked stocks; gives the units freed, by stock."""
    return _let_go(stocks, list(Hold.objects.due().filter(stock__in=stocks)))


def summed(lines: Iterable[Wanted]) -> dict[UUID, int]:
    """Units by variant: two lines of one thing are one demand. Raises WrongQuantity."""
    total: dict[UUID, int] = {}
    for line in lines:
        require_quantity(line.quantity)
        total[line.variant_id] = total.get(line.variant_id, 0) + line.quantity
    for quantity in total.values():
        require_quantity(quantity)
    return total


def require_quantity(quantity: int) -> int:
    """A whole number from one to MOST, as given. Raises WrongQuantity."""
    if type(quantity) is not int or not 1 <= quantity <= MOST:
        raise WrongQuantity(field="quantity")
    return quantity


def _stocks_of(wanted: Mapping[UUID, int]) -> dict[UUID, int]:
    """Units by stock, without what nobody counts. Raises OutOfStock for variants that do not exist or were never in."""
    keys = dict(Stock.objects.filter(variant__in=wanted).values_list("variant", "pk"))
    missing = [id for id in wanted if id not in keys]
    there = reading.available(missing) if missing else {}
    short = [(id, wanted[id], 0) for id in missing if not there.get(id)]
    if short:
        raise OutOfStock(short)
    return {keys[id]: quantity for id, quantity in wanted.items() if id in keys}


def _locked(source: Source) -> tuple[dict[UUID, Stock], dict[UUID, Hold]]:
    """The stocks of a source's holds, locked, and its holds as they are then."""
    stocks = locks.take("stock", Hold.objects.of(source).values_list("stock", flat=True))
    return stocks, {hold.stock_id: hold for hold in Hold.objects.of(source)}


def _hold_again(stocks: Mapping[UUID, Stock], holds: Mapping[UUID, Hold], until: dt.datetime | None) -> None:
    """Hold what was released, and keep the rest until then; None keeps their ends."""
    gone = {key: hold.quantity for key, hold in holds.items() if hold.state == HoldState.RELEASED}
    _reserve(stocks, gone)
    rows = Hold.objects.filter(pk__in=[hold.pk for hold in holds.values()])
    if gone:
        rows.filter(state=HoldState.RELEASED).update(state=HoldState.HELD)
    if until is not None and holds:
        rows.filter(state=HoldState.HELD).update(expires_at=Greatest(F("expires_at"), until))


def _reserve(stocks: Mapping[UUID, Stock], wanted: Mapping[UUID, int]) -> None:
    """Raise `held` of locked stocks where enough is available, reclaiming what expired. Raises OutOfStock."""
    short = {key: quantity for key, quantity in sorted(wanted.items()) if not _raise_held(key, quantity)}
    freed = reclaim({key: stocks[key] for key in short}) if short else {}
    short = {key: quantity for key, quantity in short.items() if not (freed.get(key) and _raise_held(key, quantity))}
    if short:
        left = dict(Stock.objects.filter(pk__in=short).values_list("pk", "available"))
        raise OutOfStock([(stocks[key].variant_id, quantity, left[key]) for key, quantity in short.items()])
    for key, quantity in wanted.items():
        before = stocks[key].available
        stocks[key].available = before - quantity
        tell_available(stocks[key], before=before, after=before - quantity)


def _raise_held(key: UUID, quantity: int) -> bool:
    return bool(Stock.objects.filter(pk=key, available__gte=quantity).update(held=F("held") + quantity))


def _let_go(stocks: Mapping[UUID, Stock], holds: Sequence[Hold]) -> dict[UUID, int]:
    chosen = Hold.objects.filter(pk__in=[hold.pk for hold in holds])
    freed = dict(chosen.values_list("stock").annotate(units=Sum("quantity"))) if holds else {}
    for key, units in sorted(freed.items()):
        Stock.objects.filter(pk=key).update(held=F("held") - units)
        before = stocks[key].available
        stocks[key].available = before + units
        tell_available(stocks[key], before=before, after=before + units)
    if holds:
        chosen.update(state=HoldState.RELEASED)
    return freed
