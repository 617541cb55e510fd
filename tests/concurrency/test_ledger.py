"""Rivals for the same units: what is spent was there, once (rules 2.0 and 2.6, items 2.01 and 2.04)."""

import datetime as dt

import pytest

from commerce.ledger import expiring, posting, posting_many
from commerce.ledger.accounts import member_account, site_account
from commerce.ledger.auditing import audit
from commerce.ledger.errors import ExceedsSpent, InsufficientBalance
from commerce.ledger.models import POINT, Account, AccountKind, Entry, Lot, LotUse, Transaction
from commerce.ledger.posting import Leg, post
from commerce.ledger.returning import give_back
from community.foundation import clock
from tests.concurrency.kit import all_went_well, meet_before, race, rival_after, rival_before
from tests.factories.ledger import an_account, balance, put, take
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(accounts):
    return {row.pk: row for row in Account.objects.filter(pk__in=[a.pk for a in accounts], balance__isnull=False)}


def refusals(outcomes) -> list[type]:
    return [type(outcome.raised) for outcome in outcomes if outcome.raised]


@pytest.mark.breaks_invariants
def test_without_the_lock_the_race_happens(monkeypatch):
    account = an_account(holds=100)
    monkeypatch.setattr(posting, "lock", unlocked)
    meeting = meet_before(monkeypatch, posting, "_record")
    outcomes = race(lambda: take(account, 80), lambda: take(account, 80))
    assert meeting.happened
    assert refusals(outcomes) not in ([], [InsufficientBalance])


def test_two_who_spend_the_same_units_spend_them_once(monkeypatch):
    account = an_account(holds=100)
    meeting = meet_before(monkeypatch, posting, "_record")
    outcomes = race(lambda: take(account, 80), lambda: take(account, 80))
    assert not meeting.happened
    assert refusals(outcomes) == [InsufficientBalance]
    assert balance(account) == 20


def test_two_who_post_in_bulk_take_what_is_there_once(monkeypatch):
    account = an_account(kind=AccountKind.PAYABLE)
    put(account, 100)
    redeemed = site_account(AccountKind.REDEEMED, POINT)

    def take_in_bulk(key: str) -> int:
        legs = [Leg(account, -80), Leg(redeemed, 80)]
        return posting_many.post_all([posting_many.Posting("test", key, legs, at=clock.now())])

    meeting = meet_before(monkeypatch, posting_many, "_record")
    outcomes = race(lambda: take_in_bulk("one"), lambda: take_in_bulk("two"))
    assert not meeting.happened
    assert refusals(outcomes) == [InsufficientBalance]
    assert balance(account) == 20


def test_a_crowd_spends_exactly_what_there_is():
    account = an_account()
    for _lot in range(5):
        put(account, 10)
    outcomes = race(*[lambda: take(account, 7)] * 12)
    assert refusals(outcomes) == [InsufficientBalance] * 5
    assert balance(account) == 1
    assert sum(Lot.objects.values_list("remaining", flat=True)) == 1
    assert audit() == []


def test_the_same_key_at_once_from_sixteen_posts_once():
    account = an_account(holds=100)
    outcomes = race(*[lambda: take(account, 10, key="once")] * 16)
    assert all_went_well(outcomes)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert balance(account) == 90


def test_the_same_key_between_accounts_that_nobody_locks_posts_once(monkeypatch):
    issued, expired = site_account(AccountKind.ISSUED, POINT), site_account(AccountKind.EXPIRED, POINT)
    meeting = meet_before(monkeypatch, posting, "_record", rivals=8)
    legs = [Leg(issued, -1), Leg(expired, 1)]
    outcomes = race(*[lambda: post(kind="test", key="once", legs=legs)] * 8)
    assert meeting.happened
    assert all_went_well(outcomes)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert Entry.objects.count() == 2


def test_an_account_is_opened_once_by_many():
    member = a_member()
    outcomes = race(*[lambda: member_account(member, AccountKind.AVAILABLE, POINT)] * 8)
    assert all_went_well(outcomes)
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert Account.objects.filter(member=member).count() == 1


def test_transfers_to_and_fro_do_not_deadlock():
    one, two = an_account(holds=50), an_account(holds=50)

    def move(number: int, out_of: Account, into: Account):
        return lambda: post(kind="test", key=f"move-{number}", legs=[Leg(out_of, -5), Leg(into, 5)])

    acts = [move(n, *((one, two) if n % 2 else (two, one))) for n in range(12)]
    assert all_went_well(race(*acts))
    assert (balance(one), balance(two)) == (50, 50)
    assert audit() == []


def test_a_refund_in_two_windows_returns_no_more_than_was_spent():
    account = an_account(holds=100)
    spent = take(account, 60)
    redeemed = site_account(AccountKind.REDEEMED, POINT)
    acts = [lambda n=n: give_back(transaction=spent, amount=40, key=f"refund-{n}", out_of=redeemed) for n in range(3)]
    outcomes = race(*acts)
    assert refusals(outcomes) == [ExceedsSpent] * 2
    assert balance(account) == 80
    assert LotUse.objects.get().returned == 40


def test_who_comes_between_reading_and_locking_is_seen(monkeypatch):
    """The balance is read after the lock is held: what a rival spent just before it counts."""
    account = an_account(holds=100)
    rival = rival_before(monkeypatch, posting, "lock", lambda: take(account, 70))
    with pytest.raises(InsufficientBalance):
        take(account, 70)
    assert rival.end().raised is None
    assert not rival.waited
    assert balance(account) == 30


def test_who_comes_after_the_lock_waits_and_is_refused(monkeypatch):
    account = an_account(holds=100)
    rival = rival_after(monkeypatch, posting, "lock", lambda: take(account, 70))
    take(account, 70)
    assert rival.waited
    assert isinstance(rival.end().raised, InsufficientBalance)
    assert balance(account) == 30


def test_the_job_takes_what_is_left_when_it_holds_the_lock(monkeypatch):
    """A return comes between its look and its lock: what it finds then is what it takes."""
    account = an_account()
    put(account, 10, expires_at=clock.now() + dt.timedelta(hours=1))
    spent = take(account, 4)
    redeemed = site_account(AccountKind.REDEEMED, POINT)
    rival = rival_before(
        monkeypatch,
        expiring,
        "lock",
        lambda: give_back(transaction=spent, amount=4, key="refund", out_of=redeemed),
    )
    with clock.shifted(dt.timedelta(hours=2)):
        assert expiring.expire_due() == 1
    assert rival.end().raised is None
    assert balance(account) == 0
    assert audit() == []


def test_two_jobs_at_once_expire_a_lot_once():
    account = an_account()
    put(account, 10, expires_at=clock.now())
    outcomes = race(*[expiring.expire_due] * 4)
    assert all_went_well(outcomes)
    assert sum(outcome.value for outcome in outcomes) == 1
    assert Transaction.objects.filter(kind="expiry").count() == 1
    assert balance(account) == 0
