"""Post many transactions at once, for what moves in bulk: imports and settlements. Each is one of `posting.post` by its own
key; lots are not opened or spent here, so that no account of AVAILABLE units takes part."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commerce import locks
from commerce.ledger.errors import InsufficientBalance, KeyTaken
from commerce.ledger.models import Account, AccountKind, Entry, Transaction
from commerce.ledger.posting import Leg, Source, bears, lock, require_sound


@dataclass(frozen=True)
class Posting:
    """One transaction to be: as the arguments of `posting.post`, and the moment at which it happened."""

    kind: str
    key: str
    legs: Sequence[Leg]
    at: dt.datetime
    source: Source | None = None
    note: str = ""


@transaction.atomic
def post_all(postings: Sequence[Posting]) -> int:
    """Move units as the legs say; a key that was posted before moves nothing again. Gives how many were posted now.

    Owned accounts whose balance changes by all of it together are locked; the others, and the site's, are appended to.
    Raises InsufficientBalance, locks.Busy; ValueError for legs that do not sum to zero, move nothing or need lots;
    KeyTaken for a key of a transaction of another kind.
    """
    for one in postings:
        require_sound(one.legs)
        if any(leg.account.kind == AccountKind.AVAILABLE for leg in one.legs):
            raise ValueError("units in lots are moved one transaction at a time")
    new = _new(postings)
    changes = _changes(new)
    held = lock(account for account, change in changes.values() if change)
    made = _record(new)
    Entry.objects.bulk_create(
        (Entry(transaction=row, account=leg.account, amount=leg.amount) for one, row in made for leg in one.legs),
        batch_size=2000,
    )
    for pk, account in held.items():
        if not bears(account, changes[pk][1]):
            raise InsufficientBalance
        Account.objects.filter(pk=pk).update(balance=F("balance") + changes[pk][1])
    return len(made)


def _new(postings: Sequence[Posting]) -> list[Posting]:
    """Those whose keys were not posted yet, each key once."""
    by_key = {one.key: one for one in reversed(postings)}
    for key, kind in Transaction.objects.filter(key__in=by_key).values_list("key", "kind"):
        if by_key.pop(key).kind != kind:
            raise KeyTaken(f"{key!r} is the key of a transaction of kind {kind!r}")
    return list(reversed(by_key.values()))


def _changes(postings: Iterable[Posting]) -> dict[UUID, tuple[Account, int]]:
    """The owned accounts that take part, with what all of it adds to them."""
    sums: Counter[UUID] = Counter()
    accounts: dict[UUID, Account] = {}
    for leg in (leg for one in postings for leg in one.legs if leg.account.balance is not None):
        sums[leg.account.pk] += leg.amount
        accounts[leg.account.pk] = leg.account
    return {pk: (account, sums[pk]) for pk, account in accounts.items()}


def _record(postings: Sequence[Posting]) -> list[tuple[Posting, Transaction]]:
    """Write the transactions, in the order of the postings. Raises Busy where a rival posted one of them just now."""
    rows = [
        Transaction(
            kind=one.kind,
            key=one.key,
            source_kind=one.source[0] if one.source else "",
            source_id=one.source[1] if one.source else None,
            note=one.note,
            at=one.at,
        )
        for one in postings
    ]
    Transaction.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    if Transaction.objects.filter(pk__in=[row.pk for row in rows]).count() < len(rows):
        raise locks.Busy
    return list(zip(postings, rows, strict=True))
