"""What a member holds, as the ledger has it now."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from commerce.ledger.models import POINT, Account, AccountKind, Lot
from community.foundation import clock


@dataclass(frozen=True)
class Balance:
    """`available` can be spent now, `pending` later, `debt` is owed back (positive). What expires next, and when."""

    available: int
    pending: int
    debt: int
    next_points: int = 0
    next_at: dt.datetime | None = None


def balance_of(member: Any) -> Balance:
    """In two queries; opens no account."""
    held = dict(Account.objects.filter(member=member, unit=POINT).values_list("kind", "balance"))
    lots = list(
        Lot.objects.filter(account__member=member, account__unit=POINT, account__kind=AccountKind.AVAILABLE)
        .spendable(clock.now())
        .values("expires_at")
        .annotate(left=Sum("remaining"))
        .values_list("expires_at", "left")
    )
    soonest = min((moment for moment, _left in lots if moment), default=None)
    return Balance(
        available=sum(left for _moment, left in lots),
        pending=held.get(AccountKind.PENDING) or 0,
        debt=-(held.get(AccountKind.DEBT) or 0),
        next_points=sum(left for moment, left in lots if moment and moment == soonest),
        next_at=soonest,
    )
