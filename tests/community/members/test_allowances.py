"""Limits by trust level, counted in the act's own transaction."""

import datetime as dt

import pytest
from django.db import transaction

from community.foundation import clock
from community.foundation.problems import Conflict
from community.members import allowances
from community.members.errors import AllowanceSpent, AllowanceSpentToday
from community.members.models import Activity
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, 0, 30, tzinfo=dt.UTC)


@pytest.fixture
def at_noon():
    with clock.shifted(NOON - clock.now()):
        yield


def test_the_minute_is_limited(at_noon):
    member = a_member()
    allowances.spend(member=member, act="topic", amount=5)
    with pytest.raises(AllowanceSpent) as refused:
        allowances.spend(member=member, act="topic")
    assert refused.value.code == "allowance_spent"
    assert refused.value.retry_after in {29, 30}
    with clock.shifted(dt.timedelta(minutes=1)):
        allowances.spend(member=member, act="topic")
    assert Activity.objects.get(member=member).count == 6


def test_the_day_is_limited_by_trust_level(at_noon):
    new, known = a_member(trust_level=0), a_member(trust_level=1)
    for member in (new, known):
        allowances.spend(member=member, act="subject", amount=3)
    with pytest.raises(AllowanceSpentToday) as refused:
        allowances.spend(member=new, act="subject")
    assert 11 * 3600 < refused.value.retry_after <= 12 * 3600
    allowances.spend(member=known, act="subject")
    assert allowances.left_today(member=new, act="subject") == 0
    assert allowances.left_today(member=known, act="subject") == 11
    with clock.shifted(dt.timedelta(days=1)):
        allowances.spend(member=new, act="subject")


def test_more_at_once_than_a_day_holds_is_refused_and_leaves_no_row():
    member = a_member(trust_level=0)
    with pytest.raises(AllowanceSpentToday):
        allowances.spend(member=member, act="mention", amount=11)
    assert not Activity.objects.exists()


def test_an_act_that_fails_later_uses_nothing_up():
    member = a_member()

    @transaction.atomic
    def refused_act() -> None:
        allowances.spend(member=member, act="post")
        raise Conflict

    with pytest.raises(Conflict):
        refused_act()
    assert not Activity.objects.exists()


def test_operators_have_no_limit():
    operator = an_operator()
    allowances.spend(member=operator, act="topic", amount=10_000)
    assert allowances.left_today(member=operator, act="topic") is None
