"""Post a transaction: the one act that moves units, for points, payouts, deposits and budgets alike (rule 2.6).

    post(kind="points.grant", key=f"points.grant:{earning.pk}", legs=[Leg(issued, -100), Leg(available, 100, expires_at=...)])

Owned accounts are locked in the order of their keys and decided on as they are then; the site's are only appended to.
Legs that sum to zero in each unit are also held by a deferred trigger, so that no other way in can break it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commerce import locks
from commerce.ledger import lots
from commerce.ledger.errors import InsufficientBalance, KeyTaken
from commerce.ledger.models import Account, AccountKind, Entry, Lot, Transaction

Source = tuple[str, UUID]


@dataclass(frozen=True)
class Leg:
    """What one account gets (+) or gives (-).

    Units that an AVAILABLE account gets open a lot until `expires_at` (None: they never expire) or, with `lots_of`,
    go back to the lots from which that transaction took them. What it gives comes from the first expiring lots, or from
    those that the transaction `lots_of` opened, before others; or from `lot` alone, expired or not.
    """

    account: Account
    amount: int
    expires_at: dt.datetime | None = None
    lots_of: Transaction | None = None
    lot: Lot | None = None


@transaction.atomic
def post(
    *,
    kind: str,
    key: str,
    legs: Sequence[Leg],
    source: Source | None = None,
    by: Any = None,
    note: str = "",
) -> Transaction:
    """Move units as the legs say. The same key again gives the first transaction and posts nothing, also for rivals.

    Raises InsufficientBalance (409), locks.Busy (409), ExceedsSpent (409); ValueError for legs that do not sum to zero
    or move nothing, KeyTaken for the key of a transaction of another kind.
    """
    require_sound(legs)
    known = _known(kind, key)
    if known is not None:
        return known
    held = lock(leg.account for leg in legs)
    made = _record(kind=kind, key=key, source=source, by=by, note=note)
    if made is None:  # a rival was first; its row is there, since the insert waited for it
        return _known(kind, key) or Transaction.objects.get(key=key)
    entries = Entry.objects.bulk_create(
        [Entry(transaction=made, account=leg.account, amount=leg.amount) for leg in legs]
    )
    _settle_balances(held, legs)
    for entry, leg in zip(entries, legs, strict=True):
        if leg.account.kind == AccountKind.AVAILABLE:
            _move_lots(entry, leg)
    return made


def lock(accounts: Iterable[Account]) -> dict[UUID, Account]:
    """Lock the owned ones of these accounts and give them as they are now; for acts that decide before they post."""
    return locks.take("account", [account.pk for account in accounts if account.balance is not None])


def require_sound(legs: Sequence[Leg]) -> None:
    """Raises ValueError for legs that do not sum to zero in each unit or move nothing."""
    sums: Counter[str] = Counter()
    for leg in legs:
        sums[leg.account.unit] += leg.amount
        if type(leg.amount) is not int or not leg.amount:
            raise ValueError("each leg moves a whole number of units")
    if not legs or any(sums.values()):
        raise ValueError(f"the legs do not sum to zero: {dict(sums)}")


def _known(kind: str, key: str) -> Transaction | None:
    known = Transaction.objects.filter(key=key).first()
    if known is not None and known.kind != kind:
        raise KeyTaken(f"{key!r} is the key of a transaction of kind {known.kind!r}")
    return known


def _record(*, kind: str, key: str, source: Source | None, by: Any, note: str) -> Transaction | None:
    source_kind, source_id = source or ("", None)
    row = Transaction(kind=kind, key=key, source_kind=source_kind, source_id=source_id, by=by, note=note)
    Transaction.objects.bulk_create([row], ignore_conflicts=True)
    return Transaction.objects.filter(pk=row.pk).first()


def _settle_balances(held: dict[UUID, Account], legs: Sequence[Leg]) -> None:
    changes: Counter[UUID] = Counter()
    for leg in legs:
        changes[leg.account.pk] += leg.amount
    for key, account in held.items():
        if not bears(account, changes[key]):
            raise InsufficientBalance
        Account.objects.filter(pk=key).update(balance=F("balance") + changes[key])


def bears(account: Account, change: int) -> bool:
    """Whether a locked account may change by so much."""
    after = (account.balance or 0) + change
    return after <= 0 if account.kind == AccountKind.DEBT else after >= 0


def _move_lots(entry: Entry, leg: Leg) -> None:
    if leg.amount < 0:
        lots.spend(entry, first_of=leg.lots_of, only=leg.lot)
    elif leg.lots_of is not None:
        lots.give_back(entry, taken_by=leg.lots_of)
    else:
        lots.open_lot(entry, amount=leg.amount, expires_at=leg.expires_at)
