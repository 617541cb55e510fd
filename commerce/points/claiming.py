"""Claw-back: what is left of the points themselves, then other points, then a debt that later earnings settle."""

from commerce.ledger.models import AccountKind, Lot, Transaction
from commerce.ledger.posting import Leg, post
from commerce.points import conf
from commerce.points.holding import Held, of_site
from commerce.points.models import Earning
from community.foundation import clock

RELEASED = "points.released"
TAKEN_BACK = "points.taken_back"


def claim_pending(earned: Earning, points: int, held: Held) -> None:
    """Take back what could not be spent yet."""
    _post(earned, [Leg(held.pending, -points)], points)


def claim(earned: Earning, points: int, held: Held) -> None:
    """Take back what could be spent. Whoever calls this holds the accounts."""
    spendable = Lot.objects.filter(account=held.available).spendable(clock.now())
    there = min(points, sum(lot.remaining for lot in spendable))
    owed = min(points - there, conf.MOST_OWED + (held.debt.balance or 0))
    lost = points - there - owed
    opened = Transaction.objects.get(key=f"{RELEASED}:{earned.pk}")
    legs = [Leg(held.available, -there, lots_of=opened)] if there else []
    legs += [Leg(held.debt, -owed)] if owed else []
    legs += [Leg(of_site(AccountKind.PROMOTION), -lost)] if lost else []
    _post(earned, legs, points)


def _post(earned: Earning, legs: list[Leg], points: int) -> None:
    key = f"{TAKEN_BACK}:{earned.pk}:{earned.taken_back + points}"
    legs = [*legs, Leg(of_site(AccountKind.ISSUED), points)]
    post(kind=TAKEN_BACK, key=key, legs=legs, source=("earning", earned.pk))
