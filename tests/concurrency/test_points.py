"""Rivals for caps, for one earning, for both ends of a purchase (item 2.02)."""

import datetime as dt

import pytest
from django.db import transaction

from commerce.ledger.auditing import audit
from commerce.points import earning, holding, spending
from commerce.points.balances import balance_of
from commerce.points.errors import AlreadySettled
from commerce.points.granting import grant
from commerce.points.models import Earning
from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.models import Member
from tests.concurrency.kit import all_went_well, meet_before, race, rival_before
from tests.factories.members import a_member, an_operator
from tests.factories.points import a_rule, an_earning, granted

pytestmark = pytest.mark.django_db(transaction=True)


def earns(member, key: str = ""):
    return lambda: an_earning(Member.objects.get(pk=member.pk), key=key)


@pytest.mark.breaks_invariants
def test_without_the_lock_the_cap_of_a_day_is_beaten(monkeypatch):
    a_rule(points=100, most_a_day=100)
    member = a_member()
    with transaction.atomic():
        opened = holding.hold(member)
    monkeypatch.setattr(earning, "hold", lambda who: opened)
    meeting = meet_before(monkeypatch, earning, "credit")
    race(earns(member), earns(member))
    assert meeting.happened
    assert sum(Earning.objects.filter(rule="review").values_list("points", flat=True)) == 200


def test_a_cap_holds_against_a_crowd():
    a_rule(points=100, most_a_day=250)
    member = a_member()
    assert all_went_well(race(*[earns(member)] * 8))
    assert sorted(Earning.objects.values_list("points", flat=True)) == [50, 100, 100]
    assert balance_of(member).available == 250
    assert audit() == []


def test_one_act_that_is_told_many_times_earns_once():
    a_rule()
    member = a_member()
    assert all_went_well(race(*[earns(member, "one")] * 8))
    assert balance_of(member).available == 100


def test_two_workers_release_an_earning_once():
    a_rule(days_pending=1)
    member = a_member()
    an_earning(member)

    def release():
        with clock.shifted(dt.timedelta(days=2)):
            return earning.release_due()

    outcomes = race(*[release] * 4)
    assert all_went_well(outcomes)
    assert sum(outcome.value for outcome in outcomes) == 1
    assert balance_of(member).available == 100


def test_what_is_released_while_it_is_taken_back_is_taken_back():
    a_rule(days_pending=1)
    member = a_member()
    an_earning(member, key="k")

    def release():
        with clock.shifted(dt.timedelta(days=2)):
            return earning.release_due()

    assert all_went_well(race(release, lambda: earning.take_back(key="k"), release, lambda: earning.take_back(key="k")))
    now = balance_of(member)
    assert (now.available, now.pending, now.debt) == (0, 0, 0)
    assert audit() == []


def test_a_purchase_is_either_committed_or_released():
    member, purchase = a_member(), uuid7()
    granted(member, 100)
    spending.reserve(member=member, points=60, purchase_id=purchase)
    outcomes = race(lambda: spending.commit(purchase), lambda: spending.release(purchase))
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [AlreadySettled]
    assert balance_of(member).available in (40, 100)
    assert audit() == []


def test_a_double_click_grants_once():
    member, operator = a_member(), an_operator()
    said = {"by": operator, "member": member, "points": 500, "reason": "A gift.", "days_valid": 30, "key": str(uuid7())}
    assert all_went_well(race(*[lambda: grant(**said)] * 4))
    assert balance_of(member).available == 500


def test_what_is_taken_back_is_read_under_the_lock(monkeypatch):
    """A rival takes a part back between the look and the lock: only the rest is taken."""
    a_rule(points=100)
    member = a_member()
    an_earning(member, key="k")
    rival = rival_before(monkeypatch, earning, "hold", lambda: earning.take_back(key="k", share=(1, 2)))
    assert earning.take_back(key="k").taken_back == 100
    assert rival.end().raised is None
    now = balance_of(member)
    assert (now.available, now.debt) == (0, 0)
