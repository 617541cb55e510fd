"""Posting moves units in double entry, once a key, and never below zero (rule 2.6)."""

import datetime as dt

import pytest

from commerce.ledger.accounts import member_account, site_account, team_account
from commerce.ledger.errors import InsufficientBalance, KeyTaken
from commerce.ledger.models import POINT, Account, AccountKind, Entry, Lot, LotUse, Transaction
from commerce.ledger.posting import Leg, post
from community.foundation import clock
from community.foundation.ids import uuid7
from tests.factories.ledger import an_account, balance, put, take
from tests.factories.members import a_member, a_team, an_operator

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.datetime:
    return clock.now() + dt.timedelta(days=number)


def test_a_transaction_writes_its_entries_and_the_balance():
    account, issued, operator = an_account(), site_account(AccountKind.ISSUED, POINT), an_operator()
    source = uuid7()
    made = post(
        kind="test",
        key="k",
        legs=[Leg(issued, -70), Leg(account, 70)],
        source=("purchase", source),
        by=operator,
        note="Because.",
    )
    assert list(made.entries.order_by("amount").values_list("account", "amount")) == [
        (issued.pk, -70),
        (account.pk, 70),
    ]
    assert (made.kind, made.key, made.source_kind, made.source_id, made.by, made.note) == (
        "test",
        "k",
        "purchase",
        source,
        operator,
        "Because.",
    )
    assert balance(account) == 70
    assert balance(issued) is None


def test_the_same_key_again_posts_nothing():
    account = an_account(holds=100)
    first, again = take(account, 30, key="same"), take(account, 30, key="same")
    assert first == again
    assert balance(account) == 70
    assert first.entries.count() == 2


def test_a_key_of_another_kind_is_a_mistake():
    account = an_account(holds=100)
    take(account, 30, key="same")
    with pytest.raises(KeyTaken, match=r"'same' is the key of a transaction of kind 'test\.take'"):
        post(kind="other", key="same", legs=[Leg(account, -1), Leg(site_account(AccountKind.REDEEMED, POINT), 1)])


def test_more_than_there_is_is_refused_and_leaves_no_row():
    account = an_account(holds=100)
    with pytest.raises(InsufficientBalance) as refused:
        take(account, 101, key="too much")
    assert (refused.value.status, refused.value.code) == (409, "insufficient_balance")
    assert balance(account) == 100
    assert not Transaction.objects.filter(key="too much").exists()
    assert not LotUse.objects.exists()
    assert take(account, 100).entries.count() == 2


@pytest.mark.parametrize("kind", [AccountKind.PENDING, AccountKind.RESERVED, AccountKind.PAYABLE])
def test_accounts_without_lots_never_fall_below_zero_either(kind):
    account = an_account(kind=kind)
    with pytest.raises(InsufficientBalance):
        take(account, 1)
    assert not Lot.objects.exists()


def test_a_debt_never_rises_above_zero():
    account, issued = an_account(kind=AccountKind.DEBT), site_account(AccountKind.ISSUED, POINT)
    post(kind="test", key="owed", legs=[Leg(account, -5), Leg(issued, 5)])
    assert balance(account) == -5
    with pytest.raises(InsufficientBalance):
        post(kind="test", key="overpaid", legs=[Leg(account, 6), Leg(issued, -6)])
    assert balance(account) == -5


@pytest.mark.parametrize("amounts", [(5, -4), (5,), (), (0, 0), (1.5, -1.5)])
def test_legs_that_do_not_add_up_or_move_nothing_are_a_mistake(amounts):
    issued = site_account(AccountKind.ISSUED, POINT)
    with pytest.raises(ValueError, match=r"legs do not sum to zero|whole number"):
        post(kind="test", key="k", legs=[Leg(issued, amount) for amount in amounts])
    assert not Transaction.objects.exists()


def test_units_do_not_mix():
    points, won = site_account(AccountKind.ISSUED, POINT), site_account(AccountKind.CASH, "KRW")
    with pytest.raises(ValueError, match="PNT"):
        post(kind="test", key="k", legs=[Leg(points, -5), Leg(won, 5)])


def test_each_owner_has_one_account_of_a_kind_and_unit():
    member, team = a_member(), a_team()
    assert member_account(member, AccountKind.PAYABLE, "KRW") == member_account(member, AccountKind.PAYABLE, "KRW")
    assert team_account(team, AccountKind.PAYABLE, "KRW") == team_account(team, AccountKind.PAYABLE, "KRW")
    assert site_account(AccountKind.CASH, "KRW") == site_account(AccountKind.CASH, "KRW")
    assert Account.objects.count() == 3
    assert member_account(member, AccountKind.PAYABLE, "USD").unit == "USD"


def test_kinds_that_need_an_owner_have_one_and_the_others_none():
    with pytest.raises(ValueError, match="needs owner"):
        site_account(AccountKind.AVAILABLE, POINT)
    with pytest.raises(ValueError, match="has no owner"):
        member_account(a_member(), AccountKind.CASH, POINT)


def test_the_first_expiring_lot_is_spent_first_and_endless_ones_last():
    account = an_account()
    put(account, 10)
    put(account, 10, expires_at=days(20))
    put(account, 10, expires_at=days(5))
    take(account, 15)
    assert list(Lot.objects.order_by("pk").values_list("remaining", flat=True)) == [10, 5, 0]


def test_lots_that_expire_together_are_spent_by_key():
    account, moment = an_account(), days(5)
    put(account, 10, expires_at=moment)
    put(account, 10, expires_at=moment)
    take(account, 12)
    assert list(Lot.objects.order_by("pk").values_list("remaining", flat=True)) == [0, 8]


def test_what_has_expired_cannot_be_spent_though_the_job_has_not_run():
    account = an_account(holds=10)
    put(account, 10, expires_at=days(1))
    with clock.shifted(dt.timedelta(days=1, seconds=1)):
        with pytest.raises(InsufficientBalance):
            take(account, 11)
        take(account, 10)
    assert balance(account) == 10


def test_lots_that_a_transaction_opened_can_be_taken_before_others():
    account = an_account()
    put(account, 10, expires_at=days(1))
    later = put(account, 10, expires_at=days(9))
    legs = [Leg(account, -14, lots_of=later), Leg(site_account(AccountKind.ISSUED, POINT), 14)]
    post(kind="test", key="back", legs=legs)
    assert list(Lot.objects.order_by("pk").values_list("remaining", flat=True)) == [6, 0]


def test_another_members_lots_are_not_touched():
    mine, other = an_account(holds=10), an_account(holds=10)
    with pytest.raises(InsufficientBalance):
        take(mine, 11)
    take(mine, 10)
    assert balance(other) == 10
    assert Lot.objects.get(account=other).remaining == 10


def test_a_member_sees_own_accounts_and_entries_and_those_of_own_teams():
    member, stranger = a_member(), a_member()
    team = a_team(member)
    own, of_team = an_account(member, holds=5), team_account(team, AccountKind.PAYABLE, "KRW")
    an_account(stranger, holds=7)
    assert set(Account.objects.visible_to(member)) == {own, of_team}
    assert list(Entry.objects.visible_to(member).values_list("amount", flat=True)) == [5]
    assert not Account.objects.visible_to(None).exists()
    assert Account.objects.visible_to(an_operator()).count() == Account.objects.count()
