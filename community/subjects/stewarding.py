"""Which teams may answer for a subject. Operators appoint them here; commerce does for its vendors."""

from typing import Any

from django.db import transaction

from community.foundation.problems import Refused
from community.members.models import Team
from community.subjects.locks import subject_for_change
from community.subjects.models import Steward, Subject


def teams_of(subject: Subject) -> list[Team]:
    """The teams that answer for a subject, by name."""
    return list(Team.objects.filter(stewardships__subject=subject).order_by("name", "pk"))


@transaction.atomic
def appoint_steward(*, by: Any, subject: Subject, team: Any) -> Steward:
    """Let `team` answer for the subject; again is no fault. Raises Refused for all but operators."""
    if not by.is_operator:
        raise Refused
    row = subject_for_change(subject.pk)
    return Steward.objects.get_or_create(subject=row, team=team)[0]


@transaction.atomic
def dismiss_steward(*, by: Any, subject: Subject, team: Any) -> None:
    """Let it answer no more; what it said stays. Raises Refused for all but operators."""
    if not by.is_operator:
        raise Refused
    Steward.objects.filter(subject=subject, team=team).delete()
