"""What sales and refunds move on the ledger, in the site's currency (rule 2.6). One transaction an order.

A sale: what the buyer paid leaves CASH, what the site bears (points, its own discounts) leaves PROMOTION, the vendor's
team gets the rest after commission as PENDING, COMMISSION gets its part. A refund is the same with the signs turned; what
the vendor has to give back comes from what is PENDING of this very order, then from PAYABLE, and is owed (DEBT) where
neither holds enough. Goodwill is a refund of another kind: statements tell the two apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from commerce.ledger.accounts import books_of
from commerce.ledger.models import Account, AccountKind, Entry, Transaction
from commerce.ledger.posting import Leg, lock, post
from commerce.orders.models import Allocation, Order, OrderLine, SettlementState
from commerce.points.holding import accounts_of

SALE, REFUND, GOODWILL = "sale", "sale.refund", "sale.goodwill"
OF_VENDORS = (AccountKind.DEBT, AccountKind.PAYABLE, AccountKind.PENDING)
OF_SITE = (AccountKind.CASH, AccountKind.PROMOTION, AccountKind.COMMISSION)
Books = Mapping[tuple[UUID | None, str], Account]
"""Accounts by the key of their team (None: the site's) and their kind."""


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


def books_for_sale(teams: Iterable[Any], *, points_of: Any = None) -> Books:
    """The accounts that sales of these teams move. All accounts of an act are locked at once: where several vendors, or
    the points of the member `points_of`, are in it, they are locked here; the one of one vendor by its posting."""
    teams = list(teams)
    books = books_of(teams, kinds=[AccountKind.PENDING], site=OF_SITE, unit=settings.CURRENCY)
    if len(teams) > 1 or points_of is not None:
        lock([*books.values(), *(accounts_of(points_of) if points_of is not None else [])])
    return books


def books_for_refund(team: Any, *, points_of: Any = None) -> Books:
    """As `books_for_sale`, with all accounts of one team; those of the team are as they are under the lock."""
    books = books_of([team], kinds=OF_VENDORS, site=OF_SITE, unit=settings.CURRENCY)
    held = lock([*books.values(), *(accounts_of(points_of) if points_of is not None else [])])
    return {key: held.get(account.pk, account) for key, account in books.items()}


def book_sale(order: Order, shares: Shares, *, team: Any, books: Books) -> Transaction | None:
    """What was paid for an order; None where it moved nothing. Once an order, whoever repeats it."""
    legs = _legs(shares, [(books[team.pk, AccountKind.PENDING], shares.vendor)], books)
    return post(kind=SALE, key=f"{SALE}:{order.pk}", legs=legs, source=("order", order.pk)) if legs else None


def book_refund(
    order: Order, shares: Shares, *, team: Any, key: str, books: Books, by: Any = None, kind: str = REFUND
) -> Transaction | None:
    """What goes back of an order, by `books_for_refund`; None where nothing moves. Once a key."""
    parts = [(account, -part) for account, part in _sources(team, books, shares.vendor, order)]
    legs = _legs(_turned(shares), parts, books)
    return post(kind=kind, key=f"{kind}:{key}", legs=legs, source=("order", order.pk), by=by) if legs else None


def _sources(team: Any, books: Books, wanted: int, order: Order) -> list[tuple[Account, int]]:
    """From which accounts of the vendor it comes: what is pending of this order, else what is to be paid out, else owed.

    Below zero the commission was more than what is left of the sale: it pays what is owed, then goes where the order's
    money is.
    """
    pending, payable, debt = (books[team.pk, kind] for kind in ("pending", "payable", "debt"))
    if wanted <= 0:
        owed = max(wanted, debt.balance or 0)
        settled = order.settlement in (SettlementState.BATCHED, SettlementState.PAID, SettlementState.REVERSED)
        parts = [(debt, owed), (payable if settled else pending, wanted - owed)]
    else:
        waiting = min(wanted, max(pending_of(order, pending), 0))
        there = min(wanted - waiting, payable.balance or 0)
        parts = [(pending, waiting), (payable, there), (debt, wanted - waiting - there)]
    return [(account, part) for account, part in parts if part]


def pending_of(order: Order, pending: Account) -> int:
    """What of the pending balance of its vendor's team is this order's. `pending` is that account, locked."""
    entries = Entry.objects.filter(account=pending, transaction__source_kind="order", transaction__source_id=order.pk)
    return entries.aggregate(total=Sum("amount"))["total"] or 0


def release_key(order: Order) -> str:
    """The key of the transaction by which what an order brought becomes payable; until then it is pending."""
    return f"sale.released:{order.pk}"


def _legs(shares: Shares, vendors: list[tuple[Account, int]], books: Books) -> list[Leg]:
    parts = [
        (books[None, AccountKind.CASH], -shares.money),
        (books[None, AccountKind.PROMOTION], -shares.borne_by_site),
        *vendors,
        (books[None, AccountKind.COMMISSION], shares.commission),
    ]
    return [Leg(account, amount) for account, amount in parts if amount]


def _turned(shares: Shares) -> Shares:
    return Shares(-shares.money, -shares.borne_by_site, -shares.commission)
