"""Points in a purchase: reserved when its payment starts, spent when it is captured, given back when it is not, or later.

The purchase is named by its id alone: it lives in an app further up.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from commerce.ledger import returning
from commerce.ledger.errors import KeyTaken
from commerce.ledger.models import AccountKind, Transaction
from commerce.ledger.posting import Leg, post
from commerce.points.errors import AlreadySettled, WrongPoints
from commerce.points.holding import hold, of_site

RESERVED, SPENT, FREED, RETURNED = "points.reserved", "points.spent", "points.freed", "points.returned"


@transaction.atomic
def reserve(*, member: Any, points: int, purchase_id: UUID) -> Transaction:
    """Set points aside, the first expiring first. Once a purchase: a repeat gives what was reserved.

    Raises WrongPoints (400), InsufficientBalance (409), locks.Busy (409).
    """
    if points < 1:
        raise WrongPoints(field="points")
    held = hold(member)
    legs = [Leg(held.available, -points), Leg(held.reserved, points)]
    return post(kind=RESERVED, key=f"{RESERVED}:{purchase_id}", legs=legs, source=("purchase", purchase_id))


def commit(purchase_id: UUID) -> Transaction | None:
    """Spend what was reserved; None if nothing was. May be repeated. Raises AlreadySettled after a release, Busy."""
    reserved = _reserved(purchase_id)
    if reserved is None:
        return None
    aside, points = _aside(reserved)
    legs = [Leg(aside, -points), Leg(of_site(AccountKind.REDEEMED), points)]
    return _settle(SPENT, purchase_id, legs)


def release(purchase_id: UUID) -> Transaction | None:
    """Give what was reserved back to its lots; None if nothing was. May be repeated. Raises AlreadySettled after a
    commit, Busy."""
    reserved = _reserved(purchase_id)
    if reserved is None:
        return None
    aside, points = _aside(reserved)
    taken = reserved.entries.select_related("account").get(account__kind=AccountKind.AVAILABLE)
    return _settle(FREED, purchase_id, [Leg(aside, -points), Leg(taken.account, points, lots_of=reserved)])


def give_back(purchase_id: UUID, points: int, key: str) -> Transaction:
    """Return spent points to the lots they came from, all or in parts; the same key returns once.

    Raises AlreadySettled when none were spent, ExceedsSpent (409), WrongPoints, Busy.
    """
    if points < 1:
        raise WrongPoints(field="points")
    reserved = _reserved(purchase_id)
    if reserved is None or not Transaction.objects.filter(key=_ending(purchase_id), kind=SPENT).exists():
        raise AlreadySettled
    return returning.give_back(
        transaction=reserved,
        amount=points,
        key=f"{RETURNED}:{key}",
        out_of=of_site(AccountKind.REDEEMED),
        kind=RETURNED,
        source=("purchase", purchase_id),
    )


def _reserved(purchase_id: UUID) -> Transaction | None:
    return Transaction.objects.filter(key=f"{RESERVED}:{purchase_id}").first()


def _aside(reserved: Transaction) -> tuple[Any, int]:
    entry = reserved.entries.select_related("account").get(account__kind=AccountKind.RESERVED)
    return entry.account, entry.amount


def _ending(purchase_id: UUID) -> str:
    """One key for both ends, so that only one of them comes true, also between rivals."""
    return f"points.settled:{purchase_id}"


def _settle(kind: str, purchase_id: UUID, legs: list[Leg]) -> Transaction:
    try:
        return post(kind=kind, key=_ending(purchase_id), legs=legs, source=("purchase", purchase_id))
    except KeyTaken as error:
        raise AlreadySettled from error
