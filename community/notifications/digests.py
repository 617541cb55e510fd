"""Digests: one letter a day or a week of what a member has not read, on a morning of the member's own clock."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from community.foundation import clock
from community.members.models import Member
from community.notifications.addresses import letter_addresses
from community.notifications.composing import DIGEST
from community.notifications.conf import DIGEST_HOUR, DIGEST_WEEKDAY, FIRST_DIGEST
from community.notifications.models import Habit, Letter, Notice
from community.notifications.models.wishes import Rhythm
from community.notifications.preferences import Wants
from community.notifications.quiet import zone_named
from community.notifications.writing import a_letter
from community.site.present import site

PORTION = 1_000


def morning(moment: dt.datetime, zone: dt.tzinfo, rhythm: str) -> dt.datetime:
    """The last digest hour at or before `moment` in `zone`: of a day, or of the week's digest day."""
    local = moment.astimezone(zone)
    day = local.date()
    if rhythm == Rhythm.WEEKLY:
        day -= dt.timedelta(days=(day.weekday() - DIGEST_WEEKDAY) % 7)
    at = dt.datetime.combine(day, dt.time(DIGEST_HOUR), tzinfo=zone)
    if at > local:
        at = dt.datetime.combine(day - dt.timedelta(days=7 if rhythm == Rhythm.WEEKLY else 1), at.time(), tzinfo=zone)
    return at.astimezone(dt.UTC)


def queue_digests(*, tell: Callable[[int], None] = lambda done: None) -> int:
    """Put the digests that are due in line; gives how many. Run again in the same period, it finds none left."""
    moment, queued = clock.now(), 0
    for name in Member.objects.order_by().values_list("time_zone", flat=True).distinct():
        zone = zone_named(name) if name else zone_named(site().time_zone)
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
            due = due_members(rhythm=rhythm, since=morning(moment, zone, rhythm)).filter(time_zone=name)
            while portion := list(due.order_by("pk")[:PORTION]):
                queued += _queue(portion, rhythm, moment)
                tell(queued)
    return queued


def due_members(*, rhythm: str, since: dt.datetime) -> QuerySet[Member]:
    """Members of that rhythm who had no digest since `since` and have unread notices from after their last one."""
    habit = Q(notice_habit__rhythm=rhythm)
    if rhythm == Habit._meta.get_field("rhythm").default:
        habit |= Q(notice_habit=None)
    last = Coalesce("notice_habit__digest_at", since - FIRST_DIGEST)
    unread = Notice.objects.filter(member=OuterRef("pk"), read_at=None, at__gt=OuterRef("last_digest"))
    return (
        Member.objects.filter(habit, is_active=True)
        .filter(Q(notice_habit=None) | Q(notice_habit__digest_at=None) | Q(notice_habit__digest_at__lt=since))
        .annotate(last_digest=last)
        .filter(Exists(unread))
    )


@transaction.atomic
def _queue(members: Sequence[Member], rhythm: str, moment: dt.datetime) -> int:
    ids: list[uuid.UUID] = [member.pk for member in members]
    addresses, wants = letter_addresses(ids), Wants.of(ids)
    letters = [
        a_letter(
            kind=DIGEST,
            address=addresses[member.pk],
            language=member.language,
            not_before=wants.not_before(member, moment),
            member=member,
            since=member.last_digest,  # type: ignore[attr-defined]
        )
        for member in members
        if member.pk in addresses
    ]
    Letter.objects.bulk_create(letters)
    Habit.objects.bulk_create(
        [Habit(member=member, rhythm=rhythm, digest_at=moment) for member in members],
        update_conflicts=True,
        unique_fields=["member"],
        update_fields=["digest_at"],
    )
    return len(letters)
