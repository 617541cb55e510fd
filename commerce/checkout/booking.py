"""What sales and refunds move on the ledger, in the site's currency (rule 2.6). One transaction an order.

A sale: what the buyer paid leaves CASH, what the site bears (points, its own discounts) leaves PROMOTION, the vendor's
team gets the rest after commission as PENDING, COMMISSION gets its part. A refund is the same with the signs turned; what
the vendor has to give back comes from PENDING as long as the order is held, later from PAYABLE, and is owed (DEBT) where
neither holds enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from commerce.ledger.accounts import site_account, team_account
from commerce.ledger.models import Account, AccountKind, Transaction
from commerce.ledger.posting import Leg, lock, post
from commerce.orders.models import Allocation, Order, OrderLine
from commerce.points.holding import accounts_of

SALE, REFUND = "sale", "sale.refund"
OF_VENDORS = (AccountKind.DEBT, AccountKind.PAYABLE, AccountKind.PENDING)


@dataclass(frozen=True)
class Shares:
    """Of one sale or refund: what the buyer's money is, what the site bears, what the site takes. Smallest units."""

    money: int
    borne_by_site: int
    commission: int

    @property
    def vendor(self) -> int:
        """What the vendor gets, or gives back."""
        return self.money + self.borne_by_site - self.commission


def shares_of(lines: Sequence[OrderLine], allocations: Iterable[Allocation]) -> Shares:
    """Of a whole order, from its lines and what was taken off them."""
    return Shares(
        money=sum(line.to_pay for line in lines),
        borne_by_site=sum(taken.amount for taken in allocations if taken.funder == "site"),
        commission=sum(line.commission for line in lines),
    )


def hold_teams(teams: Iterable[Any], *, points_of: Any = None) -> dict[UUID, dict[str, Account]]:
    """Lock the accounts of these teams, and the points of the member `points_of` with them, since all accounts of an act
    are locked at once: by team, then by kind, as they are under the lock."""
    opened = {team.pk: {kind: _account(team, kind) for kind in OF_VENDORS} for team in teams}
    points = [] if points_of is None else accounts_of(points_of)
    held = lock([*(account for accounts in opened.values() for account in accounts.values()), *points])
    return {team: {kind: held[account.pk] for kind, account in of.items()} for team, of in opened.items()}


def book_sale(order: Order, shares: Shares, *, team: Any) -> Transaction | None:
    """What was paid for an order; None where it moved nothing. Once an order, whoever repeats it."""
    legs = _legs(shares, [(_account(team, AccountKind.PENDING), shares.vendor)])
    return post(kind=SALE, key=f"{SALE}:{order.pk}", legs=legs, source=("order", order.pk)) if legs else None


def book_refund(order: Order, shares: Shares, *, team: Any, key: str, by: Any = None) -> Transaction | None:
    """What goes back of an order; None where nothing moves. Once a key. Locks the team's accounts."""
    held = hold_teams([team])[team.pk]
    legs = _legs(_turned(shares), [(account, -part) for account, part in _sources(held, shares.vendor, order)])
    return post(kind=REFUND, key=f"{REFUND}:{key}", legs=legs, source=("order", order.pk), by=by) if legs else None


def _sources(held: dict[str, Account], wanted: int, order: Order) -> list[tuple[Account, int]]:
    """From which accounts of the vendor it comes: what waits for this order, else what is to be paid out, else owed."""
    waits = not Transaction.objects.filter(key=release_key(order)).exists()
    if waits or wanted <= 0:  # below zero: the commission was more than the sale brought, and the site gives it back
        return [(held[AccountKind.PENDING if waits else AccountKind.PAYABLE], wanted)]
    there = min(wanted, held[AccountKind.PAYABLE].balance or 0)
    parts = [(held[AccountKind.PAYABLE], there), (held[AccountKind.DEBT], wanted - there)]
    return [(account, part) for account, part in parts if part]


def release_key(order: Order) -> str:
    """The key of the transaction by which what an order brought becomes payable; until then it is pending."""
    return f"sale.released:{order.pk}"


def _legs(shares: Shares, vendors: list[tuple[Account, int]]) -> list[Leg]:
    unit = settings.CURRENCY
    parts = [
        (site_account(AccountKind.CASH, unit), -shares.money),
        (site_account(AccountKind.PROMOTION, unit), -shares.borne_by_site),
        *vendors,
        (site_account(AccountKind.COMMISSION, unit), shares.commission),
    ]
    return [Leg(account, amount) for account, amount in parts if amount]


def _turned(shares: Shares) -> Shares:
    return Shares(-shares.money, -shares.borne_by_site, -shares.commission)


def _account(team: Any, kind: str) -> Account:
    return team_account(team, kind, settings.CURRENCY)
