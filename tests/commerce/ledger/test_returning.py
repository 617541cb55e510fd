"""Spent units come back exactly to the lots they came from (rule 2.6)."""

import datetime as dt

import pytest

from commerce.ledger.accounts import site_account
from commerce.ledger.auditing import audit
from commerce.ledger.errors import ExceedsSpent
from commerce.ledger.expiring import expire_due
from commerce.ledger.models import POINT, AccountKind, Lot, LotUse
from commerce.ledger.returning import give_back
from community.foundation import clock
from tests.factories.ledger import an_account, balance, put, take

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.datetime:
    return clock.now() + dt.timedelta(days=number)


def remaining() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("remaining", flat=True))


def back(spent, amount: int, key: str = "back"):
    return give_back(transaction=spent, amount=amount, key=key, out_of=site_account(AccountKind.REDEEMED, POINT))


def test_all_of_it_restores_every_lot():
    account = an_account()
    put(account, 10, expires_at=days(5))
    put(account, 10, expires_at=days(9))
    put(account, 10)
    spent = take(account, 25)
    assert remaining() == [0, 0, 5]
    back(spent, 25)
    assert remaining() == [10, 10, 10]
    assert balance(account) == 30
    assert audit() == []


def test_a_part_comes_back_from_the_last_taken_on_so_that_it_lasts_longest():
    account = an_account()
    put(account, 10, expires_at=days(5))
    put(account, 10, expires_at=days(9))
    spent = take(account, 15)
    back(spent, 7)
    assert remaining() == [2, 10]
    back(spent, 8, key="the rest")
    assert remaining() == [10, 10]


def test_the_same_key_returns_once():
    account = an_account(holds=10)
    spent = take(account, 10)
    assert back(spent, 4) == back(spent, 4)
    assert balance(account) == 4


def test_more_than_was_spent_is_refused_and_leaves_no_row():
    account = an_account(holds=20)
    spent, other = take(account, 10), take(account, 10)
    back(spent, 6)
    with pytest.raises(ExceedsSpent) as refused:
        back(spent, 5, key="too much")
    assert (refused.value.status, refused.value.code) == (409, "exceeds_spent")
    assert balance(account) == 6
    assert LotUse.objects.get(entry__transaction=spent).returned == 6
    assert LotUse.objects.get(entry__transaction=other).returned == 0


def test_what_expired_meanwhile_comes_back_for_thirty_days_and_the_rest_to_its_lot():
    account = an_account()
    put(account, 10, expires_at=days(1))
    put(account, 10, expires_at=days(60))
    spent = take(account, 14)
    with clock.shifted(dt.timedelta(days=2)):
        moment = clock.now()
        back(spent, 14)
        renewed = Lot.objects.order_by("pk").last()
        assert remaining() == [0, 10, 10]
        assert abs(renewed.expires_at - moment - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
        assert expire_due() == 0
        assert audit() == []
    assert list(LotUse.objects.order_by("pk").values_list("returned", "renewed")) == [(0, 10), (4, 0)]


def test_expired_units_leave_the_account_and_only_once():
    account = an_account(holds=3)
    put(account, 10, expires_at=days(1))
    take(account, 4)
    assert expire_due() == 0
    with clock.shifted(dt.timedelta(days=1, minutes=1)):
        assert expire_due() == 1
        assert expire_due() == 0
    assert balance(account) == 3
    expired = site_account(AccountKind.EXPIRED, POINT)
    assert list(expired.entries.values_list("amount", flat=True)) == [6]
    assert audit() == []
