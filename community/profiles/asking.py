"""Ask gradually: one question at a time, never in the first days, at most one a week."""

import datetime as dt

from django.db import transaction

from community.foundation import clock
from community.members.models import Member
from community.profiles import fields
from community.profiles.models import Answer

FIRST_AFTER = dt.timedelta(days=3)
BETWEEN = dt.timedelta(days=7)
AGAIN_AFTER = dt.timedelta(days=90)


def next_question(member: Member) -> fields.VoluntaryField | None:
    """The field to ask about now, or None: too early, asked lately, or nothing left to ask."""
    moment = clock.now()
    if member.joined_at is None or member.joined_at > moment - FIRST_AFTER:
        return None
    known = {row.field: row for row in Answer.objects.filter(member=member)}
    last = max((row.asked_at for row in known.values() if row.asked_at), default=None)
    open_now = [row for row in known.values() if _is_open(row) and row.asked_at == last]
    if last and last > moment - BETWEEN:
        return fields.BY_NAME.get(open_now[0].field) if open_now else None
    for field in fields.FIELDS:
        row = known.get(field.name)
        if row is None or (_is_open(row) and (row.asked_at is None or row.asked_at < moment - AGAIN_AFTER)):
            return field
    return None


@transaction.atomic
def note_asked(*, member: Member, field: fields.VoluntaryField) -> None:
    """Remember that the question was shown; the first time of this round counts."""
    row, _made = Answer.objects.get_or_create(member=member, field=field.name)
    if row.asked_at is None or row.asked_at < clock.now() - BETWEEN:
        Answer.objects.filter(pk=row.pk).update(asked_at=clock.now())


def _is_open(row: Answer) -> bool:
    return row.value is None and not row.declined
