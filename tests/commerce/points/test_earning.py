"""Points are earned once an act, within caps, wait until they are safe, and are taken back when the act is undone."""

import datetime as dt

import pytest

from commerce.ledger.auditing import audit
from commerce.ledger.models import AccountKind, Lot, Transaction
from commerce.points import conf
from commerce.points.balances import Balance, balance_of
from commerce.points.earning import earn, release_due, take_back
from commerce.points.models import Earning, EarningState
from commerce.points.spending import reserve
from community.foundation import clock
from community.foundation.ids import uuid7
from community.jobs.registry import run
from tests.factories.members import a_member
from tests.factories.points import a_rule, an_earning, granted, on_account

pytestmark = pytest.mark.django_db


def held(member) -> tuple[int, int, int]:
    now = balance_of(member)
    return now.available, now.pending, now.debt


def later(days: float):
    return clock.shifted(dt.timedelta(days=days, seconds=1))


@pytest.fixture(autouse=True)
def _adds_up():
    yield
    assert audit() == []


def test_an_act_earns_what_its_rule_says_and_the_points_expire():
    a_rule(points=100, days_valid=30)
    member = a_member()
    earned = an_earning(member)
    assert (earned.points, earned.state, earned.rule_id, earned.days_valid) == (100, "available", "review", 30)
    assert held(member) == (100, 0, 0)
    assert abs(Lot.objects.get().expires_at - clock.now() - dt.timedelta(days=30)) < dt.timedelta(minutes=1)


def test_the_same_key_earns_once():
    a_rule()
    member = a_member()
    assert an_earning(member, key="k") == an_earning(member, key="k")
    assert held(member) == (100, 0, 0)
    assert Earning.objects.count() == 1


def test_a_purchase_earns_by_what_was_paid_rounded_once():
    a_rule("purchase", points=0, rate=150)
    assert an_earning(act="purchase", paid=12_345).points == 185
    assert an_earning(act="purchase", paid=12_300).points == 185
    assert an_earning(act="purchase", paid=33) is None
    assert an_earning(act="purchase", paid=-5_000) is None


def test_one_point_is_one_whole_unit_of_the_currency(settings):
    settings.CURRENCY = "USD"
    a_rule("purchase", points=0, rate=1_000)
    assert an_earning(act="purchase", paid=12_345).points == 12


@pytest.mark.parametrize("cap", ["most_an_act", "most_a_day", "most_a_member"])
def test_each_cap_cuts_what_goes_beyond(cap):
    a_rule(points=100, **{cap: 70})
    assert an_earning().points == 70


def test_the_cap_of_a_day_ends_with_the_day():
    a_rule(points=100, most_a_day=150)
    member = a_member()
    assert [an_earning(member).points, an_earning(member).points, an_earning(member)] == [100, 50, None]
    assert an_earning(a_member()).points == 100
    with later(1):
        assert an_earning(member).points == 100


def test_the_cap_of_a_day_is_of_the_sites_day(settings, monkeypatch):
    a_rule(points=100, most_a_day=100)
    member = a_member()
    morning = dt.datetime(2030, 5, 4, 14, 59, tzinfo=dt.UTC)  # 23:59 in Seoul
    monkeypatch.setattr(clock, "now", lambda: morning)
    assert an_earning(member).points == 100
    assert an_earning(member) is None
    monkeypatch.setattr(clock, "now", lambda: morning + dt.timedelta(minutes=2))
    assert an_earning(member).points == 100


def test_the_cap_for_ever_counts_what_was_not_taken_back():
    a_rule(points=100, most_a_member=150)
    member = a_member()
    an_earning(member, key="first")
    assert an_earning(member).points == 50
    assert an_earning(member) is None
    take_back(key="first")
    assert an_earning(member).points == 100


def test_caps_are_each_rules_own():
    a_rule("review", most_a_day=100)
    a_rule("answer", points=50)
    member = a_member()
    an_earning(member)
    assert an_earning(member, act="answer").points == 50


def test_a_rule_that_is_switched_off_earns_nothing():
    a_rule(active=False)
    assert an_earning() is None
    assert not Transaction.objects.exists()


def test_an_act_that_no_code_declares_is_a_mistake():
    with pytest.raises(LookupError, match="no act is called 'dancing'"):
        earn(member=a_member(), act="dancing", key="k")


def test_pending_points_wait_for_their_day():
    a_rule(days_pending=7, days_valid=30)
    member = a_member()
    earned = an_earning(member)
    assert held(member) == (0, 100, 0)
    assert release_due() == 0
    with later(7):
        assert run("points.release") == {"released": 1}
        assert release_due() == 0
        assert held(member) == (100, 0, 0)
        assert abs(Lot.objects.get().expires_at - clock.now() - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
    earned.refresh_from_db()
    assert earned.state == EarningState.AVAILABLE


def test_the_caller_may_say_when_they_can_be_spent():
    a_rule("purchase", points=0, rate=100, days_pending=3)
    member = a_member()
    an_earning(member, act="purchase", paid=50_000, available_at=clock.now() + dt.timedelta(days=9))
    with later(8):
        assert release_due() == 0
    with later(9):
        assert release_due() == 1
    assert held(member) == (500, 0, 0)


def test_pending_points_are_taken_back_whole():
    a_rule(days_pending=7)
    member = a_member()
    an_earning(member, key="k")
    assert take_back(key="k").state == EarningState.REVERSED
    assert held(member) == (0, 0, 0)
    with later(7):
        assert release_due() == 0


def test_pending_points_are_taken_back_in_part_and_the_rest_is_released():
    a_rule(days_pending=7)
    member = a_member()
    an_earning(member, key="k")
    assert take_back(key="k", share=(1, 3)).taken_back == 33
    assert held(member) == (0, 67, 0)
    with later(7):
        release_due()
    assert held(member) == (67, 0, 0)


def test_a_share_is_of_the_whole_so_that_asking_again_takes_nothing_more():
    a_rule(points=101)
    member = a_member()
    an_earning(member, key="k")
    assert [take_back(key="k", share=share).taken_back for share in [(1, 2), (1, 2), (1, 3), (2, 2), (2, 2)]] == [
        51, 51, 51, 101, 101,
    ]  # fmt: skip
    assert held(member) == (0, 0, 0)
    assert Earning.objects.get().state == EarningState.REVERSED


@pytest.mark.parametrize("share", [(-1, 2), (3, 2), (0, 0)])
def test_what_is_no_share_is_a_mistake(share):
    a_rule()
    an_earning(key="k")
    with pytest.raises(ValueError, match="is no share"):
        take_back(key="k", share=share)


def test_what_earned_nothing_has_nothing_to_take_back():
    assert take_back(key="never") is None


def test_its_own_points_are_taken_back_before_others_that_expire_sooner():
    a_rule(points=100, days_valid=300)
    member = a_member()
    granted(member, 40, days_valid=5)
    an_earning(member, key="k")
    take_back(key="k")
    assert list(Lot.objects.order_by("pk").values_list("remaining", flat=True)) == [40, 0]


def test_what_was_spent_is_owed_seen_and_settled_by_the_next_earnings():
    a_rule(points=100)
    member = a_member()
    an_earning(member, key="k")
    reserve(member=member, points=80, purchase_id=uuid7())
    take_back(key="k")
    assert held(member) == (0, 0, 80)
    an_earning(member, act="review")
    assert held(member) == (20, 0, 0)
    assert on_account(member, AccountKind.DEBT) == 0


def test_an_earning_smaller_than_the_debt_settles_a_part_of_it():
    a_rule(points=100)
    a_rule("answer", points=30)
    member = a_member()
    an_earning(member, key="k")
    reserve(member=member, points=100, purchase_id=uuid7())
    take_back(key="k")
    an_earning(member, act="answer")
    assert held(member) == (0, 0, 70)
    assert Lot.objects.count() == 1


def test_nobody_owes_more_than_the_cap_and_the_rest_is_the_sites_loss(monkeypatch):
    monkeypatch.setattr(conf, "MOST_OWED", 50)
    a_rule(points=100)
    member = a_member()
    an_earning(member, key="k")
    reserve(member=member, points=100, purchase_id=uuid7())
    take_back(key="k")
    assert held(member) == (0, 0, 50)
    lost = Transaction.objects.get(kind="points.taken_back").entries.get(account__kind=AccountKind.PROMOTION)
    assert lost.amount == -50


def test_the_balance_says_what_expires_next():
    member = a_member()
    granted(member, 40, days_valid=50)
    granted(member, 30, days_valid=5)
    now = balance_of(member)
    assert (now.available, now.next_points) == (70, 30)
    assert abs(now.next_at - clock.now() - dt.timedelta(days=5)) < dt.timedelta(minutes=1)
    with later(5):
        assert (balance_of(member).available, balance_of(member).next_points) == (40, 40)
    assert balance_of(a_member()) == Balance(0, 0, 0)
