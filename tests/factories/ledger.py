"""Accounts and what stands on them, for tests."""

import datetime as dt
import itertools
from typing import Any

from commerce.ledger.accounts import member_account, site_account
from commerce.ledger.models import POINT, Account, AccountKind, Transaction
from commerce.ledger.posting import Leg, post
from tests.factories.members import a_member

_number = itertools.count(1)


def an_account(member: Any = None, kind: str = AccountKind.AVAILABLE, *, unit: str = POINT, holds: int = 0) -> Account:
    """A member's account, with so many units that never expire."""
    account = member_account(member or a_member(), kind, unit)
    if holds:
        put(account, holds)
    account.refresh_from_db()
    return account


def put(account: Account, amount: int, *, expires_at: dt.datetime | None = None) -> Transaction:
    """Units that come out of nothing: issued by the site."""
    issued = site_account(AccountKind.ISSUED, account.unit)
    legs = [Leg(issued, -amount), Leg(account, amount, expires_at=expires_at)]
    return post(kind="test.put", key=f"put-{next(_number)}", legs=legs)


def take(account: Account, amount: int, *, key: str = "") -> Transaction:
    """Units that are spent."""
    redeemed = site_account(AccountKind.REDEEMED, account.unit)
    legs = [Leg(account, -amount), Leg(redeemed, amount)]
    return post(kind="test.take", key=key or f"take-{next(_number)}", legs=legs)


def balance(account: Account) -> int | None:
    """As it stands in the database now."""
    return Account.objects.get(pk=account.pk).balance
