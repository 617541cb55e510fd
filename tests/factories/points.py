"""Points for tests, earned and granted by the acts."""

import itertools
from typing import Any

from commerce.ledger.accounts import member_account
from commerce.ledger.models import POINT, AccountKind
from commerce.points.earning import earn, rule_of
from commerce.points.granting import grant
from commerce.points.models import Earning, EarningRule
from tests.factories.members import a_member, an_operator

_number = itertools.count(1)


def a_rule(act: str = "review", **fields: Any) -> EarningRule:
    """The rule of an act with no caps and no days of waiting, but for what is asked."""
    rule = rule_of(act)
    plain = {"points": 100, "rate": 0, "most_an_act": 0, "most_a_day": 0, "most_a_member": 0, "days_pending": 0}
    EarningRule.objects.filter(pk=rule.pk).update(**{**plain, "days_valid": 365, "active": True, **fields})
    return EarningRule.objects.get(pk=rule.pk)


def an_earning(member: Any = None, *, key: str = "", **fields: Any) -> Earning | None:
    """Points of a review."""
    key = key or f"test:{next(_number)}"
    return earn(member=member or a_member(), act=fields.pop("act", "review"), key=key, **fields)


def granted(member: Any, points: int, *, days_valid: int = 365, reason: str = "A gift.") -> Earning:
    """Points from an operator."""
    return grant(by=an_operator(), member=member, points=points, reason=reason, days_valid=days_valid)


def on_account(member: Any, kind: str = AccountKind.AVAILABLE) -> int:
    """What stands on the member's account of points of this kind."""
    return member_account(member, kind, POINT).balance or 0
