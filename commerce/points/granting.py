"""Operators give points, with a reason that the member reads."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from commerce.points import conf
from commerce.points.earning import credit
from commerce.points.errors import WrongGrant
from commerce.points.holding import hold
from commerce.points.models import Earning
from community.foundation import clock
from community.foundation.ids import uuid7
from community.foundation.problems import Refused


@transaction.atomic
def grant(*, by: Any, member: Any, points: int, reason: str, days_valid: int, key: str = "") -> Earning:
    """Give points that can be spent at once. `key`, made when the form was opened, makes a double click harmless.

    Raises Refused for who is no operator, WrongGrant, locks.Busy.
    """
    if not by.is_operator:
        raise Refused
    reason = reason.strip()
    if not 1 <= points <= conf.MOST_GRANTED:
        raise WrongGrant(field="points")
    if not 1 <= days_valid <= 3_650:
        raise WrongGrant(field="days_valid")
    if not 1 <= len(reason) <= 200:
        raise WrongGrant(field="reason")
    held = hold(member)
    named = f"grant:{key or uuid7()}"
    known = Earning.objects.filter(key=named).first()
    if known is not None:
        return known
    moment = clock.now()
    earned = Earning.objects.create(
        member=member,
        key=named,
        reason=reason,
        points=points,
        days_valid=days_valid,
        earned_at=moment,
        available_at=moment,
        granted_by=by,
    )
    credit(earned, held)
    LogEntry.objects.log_actions(by.pk, [member], CHANGE, change_message=f"{points} P: {reason}", single_object=True)
    return earned
