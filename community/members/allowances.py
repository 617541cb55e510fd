"""How much of each act a member may do: by the minute against floods, by the day by trust level.

Counted in the database in one statement, in the transaction of the act itself: rivals queue on the row, so posts sent
at once never beat a limit, and an act that is refused later uses nothing up. Days and minutes are those of UTC.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.members.errors import AllowanceSpent, AllowanceSpentToday
from community.members.models import Activity, Member


@dataclass(frozen=True)
class Limit:
    """Most in a minute, and most in a day for trust levels 0, 1, 2, 3, 4."""

    label: str | Promise
    minute: int
    day: tuple[int, int, int, int, int]


LIMITS = {
    "topic": Limit(_("topics"), 5, (5, 20, 30, 40, 60)),
    "post": Limit(_("replies"), 12, (20, 150, 225, 300, 450)),
    "edit": Limit(_("edits"), 20, (20, 100, 150, 200, 300)),
    "reaction": Limit(_("reactions"), 40, (30, 100, 150, 200, 300)),
    "flag": Limit(_("flags"), 10, (5, 20, 30, 40, 60)),
    "upload": Limit(_("pictures"), 20, (10, 60, 90, 120, 180)),
    "review": Limit(_("reviews"), 12, (10, 40, 60, 80, 120)),
    "subject": Limit(_("new subjects"), 5, (3, 15, 30, 60, 100)),
    "link": Limit(_("links"), 40, (6, 200, 300, 400, 600)),
    "mention": Limit(_("mentions"), 20, (10, 100, 150, 200, 300)),
    "follow": Limit(_("follows"), 30, (30, 200, 300, 400, 600)),
}

_TAKE = """
INSERT INTO community_members_activity (member_id, act, day, count, minute, minute_count)
VALUES (%(member)s, %(act)s, %(day)s, %(amount)s, %(minute)s, %(amount)s)
ON CONFLICT (member_id, act, day) DO UPDATE SET
    count = community_members_activity.count + %(amount)s,
    minute = %(minute)s,
    minute_count = CASE WHEN community_members_activity.minute = %(minute)s
                        THEN community_members_activity.minute_count + %(amount)s ELSE %(amount)s END
WHERE community_members_activity.count + %(amount)s <= %(most_a_day)s
  AND (community_members_activity.minute <> %(minute)s
       OR community_members_activity.minute_count + %(amount)s <= %(most_a_minute)s)
RETURNING count
"""


@transaction.atomic
def spend(*, member: Member, act: str, amount: int = 1) -> None:
    """Count `amount` acts of `member`, within the limits of the trust level; operators have no limit.

    To be called in the transaction of the act. Raises AllowanceSpent (429) with the seconds to wait.
    """
    limit = LIMITS[act]
    moment = clock.now()
    level = min(member.trust_level, len(limit.day) - 1)
    if member.is_operator:
        most_a_minute = most_a_day = 2**31 - 1
    else:
        most_a_minute, most_a_day = limit.minute, limit.day[level]
    if amount > most_a_day or not _take(member, act, moment, amount, min(most_a_minute, most_a_day), most_a_day):
        _refuse(member, act, moment, amount, most_a_day)


def note(*, member_id: UUID | str, act: str, amount: int = 1) -> None:
    """Count an act that has no limit: a visit, thanks received, a flag upheld."""
    moment = clock.now()
    _take(Member(pk=member_id), act, moment, amount, 2**31 - 1, 2**31 - 1)


@transaction.atomic
def take_back(*, member_id: UUID, act: str) -> None:
    """Undo one `note`, on the latest day that has one; with none, nothing changes."""
    rows = Activity.objects.filter(member=member_id, act=act, count__gt=0).order_by("-day").select_for_update()
    latest = rows.first()
    if latest is not None:
        Activity.objects.filter(pk=latest.pk).update(count=F("count") - 1)


def left_today(*, member: Member, act: str) -> int | None:
    """How many more today; None without a limit."""
    if member.is_operator:
        return None
    used = Activity.objects.filter(member=member, act=act, day=clock.today()).values_list("count", flat=True).first()
    return max(0, LIMITS[act].day[min(member.trust_level, 4)] - (used or 0))


def _take(member: Member, act: str, moment: dt.datetime, amount: int, most_a_minute: int, most_a_day: int) -> bool:
    if amount > most_a_minute:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "member": member.pk,
                "act": act,
                "day": moment.date(),
                "amount": amount,
                "minute": moment.replace(second=0, microsecond=0),
                "most_a_minute": most_a_minute,
                "most_a_day": most_a_day,
            },
        )
        return cursor.fetchone() is not None


def _refuse(member: Member, act: str, moment: dt.datetime, amount: int, most_a_day: int) -> None:
    used = Activity.objects.filter(member=member, act=act, day=moment.date()).values_list("count", flat=True).first()
    if (used or 0) + amount > most_a_day:
        midnight = (moment + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        raise AllowanceSpentToday(retry_after=int((midnight - moment).total_seconds()) + 1)
    raise AllowanceSpent(retry_after=60 - moment.second)
