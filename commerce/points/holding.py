"""The accounts that points stand on, and their lock."""

from dataclasses import dataclass
from typing import Any

from commerce.ledger.accounts import member_account, site_account
from commerce.ledger.models import POINT, Account, AccountKind
from commerce.ledger.posting import lock

MEMBERS = (AccountKind.AVAILABLE, AccountKind.DEBT, AccountKind.PENDING, AccountKind.RESERVED)


@dataclass(frozen=True)
class Held:
    """A member's accounts of points, as they are under the lock."""

    available: Account
    debt: Account
    pending: Account
    reserved: Account


def hold(member: Any) -> Held:
    """Lock all accounts of points of a member (or of the id of one), opened in one order if need be. Raises locks.Busy."""
    opened = accounts_of(member)
    held = lock(opened)
    return Held(*(held[account.pk] for account in opened))


def accounts_of(member: Any) -> list[Account]:
    """All accounts of points of a member (or of the id of one), opened if need be; for acts that lock others with them."""
    return [member_account(member, kind, POINT) for kind in MEMBERS]


def of_site(kind: str) -> Account:
    """The site's account of points of this kind."""
    return site_account(kind, POINT)
