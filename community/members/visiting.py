"""Note that a member was here on a day: what trust levels count, and what "last here" shows."""

from django.db import transaction

from community.foundation import clock
from community.members import allowances
from community.members.models import Activity, Member


def note_visit(*, member: Member) -> None:
    """Once a day; more calls on the same day change nothing."""
    if not Activity.objects.filter(member=member, act="visit", day=clock.today()).exists():
        _note(member)


@transaction.atomic
def _note(member: Member) -> None:
    allowances.note(member_id=member.pk, act="visit")
    Member.objects.filter(pk=member.pk).update(last_seen_at=clock.now())
