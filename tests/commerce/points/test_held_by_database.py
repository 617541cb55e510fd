"""What the database refuses of points, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from commerce.points.models import Earning, EarningRule
from tests.factories.members import a_member, an_operator
from tests.factories.points import a_rule, an_earning

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_invariants]


def an_earning_with(**change) -> Earning:
    fields = {"member": a_member(), "rule": a_rule(), "key": "other", "points": 10, "days_valid": 5}
    return Earning.objects.create(**{**fields, "available_at": "2030-01-01T00:00Z", **change})


BROKEN = [
    ("points_rate_at_most_the_whole", lambda: EarningRule.objects.filter(act="review").update(rate=10_001)),
    ("points_valid_for_a_day_at_least", lambda: EarningRule.objects.filter(act="review").update(days_valid=0)),
    ("points_earning_not_empty", lambda: an_earning_with(points=0)),
    ("points_earning_valid_for_a_day", lambda: an_earning_with(days_valid=0)),
    ("points_taken_back_within_earned|reversed_when_all", lambda: an_earning_with(taken_back=11)),
    ("points_reversed_when_all_is_taken_back", lambda: an_earning_with(taken_back=10)),
    ("points_reversed_when_all_is_taken_back", lambda: an_earning_with(taken_back=9, state="reversed")),
    ("points_earned_by_rule_or_grant", lambda: an_earning_with(rule=None)),
    ("points_earned_by_rule_or_grant", lambda: an_earning_with(granted_by=an_operator())),
    ("key", lambda: an_earning_with(key="first")),
]


@pytest.mark.parametrize(("name", "act"), BROKEN, ids=[f"{name}-{n}" for n, (name, _act) in enumerate(BROKEN)])
def test_each_constraint_refuses_what_it_names(name, act):
    a_rule()
    an_earning(key="first")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()
