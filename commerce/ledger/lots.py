"""Lots of an available account. Its row is locked by whoever calls this, so lots need no lock of their own."""

import datetime as dt

from django.db.models import F

from commerce.ledger.errors import ExceedsSpent, InsufficientBalance
from commerce.ledger.models import Entry, Lot, LotUse, Transaction
from community.foundation import clock

GRACE = dt.timedelta(days=30)
"""How long units may be spent that come back after their lot expired."""


def open_lot(entry: Entry, *, amount: int, expires_at: dt.datetime | None) -> Lot:
    """Units that came in with this entry."""
    return Lot.objects.create(
        account=entry.account, entry=entry, amount=amount, remaining=amount, expires_at=expires_at
    )


def spend(entry: Entry, *, first_of: Transaction | None = None, only: Lot | None = None) -> None:
    """Take what the entry gives from `only`, or from lots that have not expired: those that `first_of` opened, then the
    first expiring, then by key. Raises InsufficientBalance.
    """
    wanted, uses = -entry.amount, []
    for lot in _in_order(entry, first_of, only):
        taken = min(lot.remaining, wanted)
        lot.remaining -= taken
        wanted -= taken
        uses.append(LotUse(lot=lot, entry=entry, amount=taken))
        if not wanted:
            break
    if wanted:
        raise InsufficientBalance
    Lot.objects.bulk_update([use.lot for use in uses], ["remaining"])
    LotUse.objects.bulk_create(uses)


def _in_order(entry: Entry, first_of: Transaction | None, only: Lot | None) -> list[Lot]:
    rows = Lot.objects.filter(account=entry.account_id)
    if only is not None:
        return list(rows.filter(pk=only.pk, remaining__gt=0))
    found = list(rows.spendable(clock.now()).select_related("entry"))
    if first_of is not None:
        found.sort(key=lambda lot: lot.entry.transaction_id != first_of.pk)  # stable: the rest keeps its order
    return found


def give_back(entry: Entry, *, taken_by: Transaction) -> None:
    """Put what the entry brings back into the lots from which `taken_by` took it, the last taken first; for lots that
    expired meanwhile, open one with a time of grace. Raises ExceedsSpent.
    """
    wanted, moment = entry.amount, clock.now()
    uses = LotUse.objects.filter(
        entry__transaction=taken_by, lot__account=entry.account_id, amount__gt=F("returned") + F("renewed")
    )
    for use in uses.select_related("lot").order_by(F("lot__expires_at").desc(nulls_first=True), "-lot_id"):
        back = min(use.amount - use.returned - use.renewed, wanted)
        _put_back(use, back, entry, moment)
        wanted -= back
        if not wanted:
            return
    raise ExceedsSpent


def _put_back(use: LotUse, back: int, entry: Entry, moment: dt.datetime) -> None:
    lot = use.lot
    if lot.expires_at is not None and lot.expires_at <= moment:
        open_lot(entry, amount=back, expires_at=moment + GRACE)
        LotUse.objects.filter(pk=use.pk).update(renewed=F("renewed") + back)
        return
    LotUse.objects.filter(pk=use.pk).update(returned=F("returned") + back)
    Lot.objects.filter(pk=lot.pk).update(remaining=F("remaining") + back)
