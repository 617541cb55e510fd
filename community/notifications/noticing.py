"""Tell members that something happened: one act for every event of every wing.

tell(kind="reply", to=[author_id], target=("topic", topic.pk), source=("post", post.pk), by=post.author_id)
"""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.ignoring import ignoring_ids
from community.members.models import Member
from community.notifications import kinds
from community.notifications.addresses import letter_addresses
from community.notifications.models import Happening, Letter, Notice
from community.notifications.models.wishes import Channel
from community.notifications.preferences import Wants
from community.notifications.writing import a_letter

Reference = tuple[str, uuid.UUID]
AT_ONCE = 1_000

# A read notice starts anew with the event; an unread one takes it in.
_OPEN = """
INSERT INTO community_notifications_notice AS n
    (id, member_id, kind, target_kind, target_id, by_id, count, people, on_page, opened_at, at)
SELECT t.id, t.member, %(kind)s, %(target_kind)s, %(target_id)s, %(by)s, 1, %(people)s, t.on_page, %(now)s, %(now)s
FROM unnest(%(ids)s::uuid[], %(members)s::uuid[], %(pages)s::boolean[]) AS t (id, member, on_page)
ON CONFLICT (member_id, kind, target_kind, target_id) DO UPDATE SET
    opened_at = CASE WHEN n.read_at IS NULL THEN n.opened_at ELSE EXCLUDED.opened_at END,
    by_id = EXCLUDED.by_id, on_page = EXCLUDED.on_page, read_at = NULL, at = GREATEST(n.at, EXCLUDED.at)
RETURNING n.id, n.member_id
"""
_COUNT = """
UPDATE community_notifications_notice n SET count = h.count, people = h.people
FROM (
    SELECT h.notice_id, count(*) AS count, count(DISTINCT h.by_id) AS people
    FROM community_notifications_happening h JOIN community_notifications_notice m ON m.id = h.notice_id
    WHERE h.notice_id = ANY(%(notices)s::uuid[]) AND h.at >= m.opened_at GROUP BY h.notice_id
) h WHERE n.id = h.notice_id
"""


@transaction.atomic
def tell(
    *, kind: str, to: Iterable[uuid.UUID], target: Reference, source: Reference, by: uuid.UUID | None = None
) -> int:
    """Tell each member of `to`, by the channels they left on, that `source` happened to `target`; gives how many were told.

    Nobody is told of their own act, by a member they ignore, or twice of one source. Whether they may see the target is
    asked whenever a page or a letter shows the notice.
    Raises LookupError for an unknown kind.
    """
    kinds.named(kind)
    members = {member for member in to if member and member != by}
    members -= ignoring_ids(by) if by else set()
    told = 0
    for some in _portions(sorted(members)):
        told += _tell_some(kind, some, target, source, by)
    return told


def _portions(members: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (members[start : start + AT_ONCE] for start in range(0, len(members), AT_ONCE))


def _tell_some(kind: str, ids: Sequence[uuid.UUID], target: Reference, source: Reference, by: uuid.UUID | None) -> int:
    known = Happening.objects.filter(
        source_kind=source[0], source_id=source[1], notice__kind=kind, notice__member__in=ids
    )
    done = set(known.values_list("notice__member_id", flat=True))
    there = Member.objects.filter(pk__in=ids, is_active=True, erased_at=None).exclude(pk__in=done).order_by("pk")
    wants = Wants(ids, kind=kind)
    members = [member for member in there if any(wants.wants(member, kind, channel) for channel in Channel.values)]
    if not members:
        return 0
    notices = _open(kind, members, target, by, wants)
    moment = clock.now()
    Happening.objects.bulk_create(
        [
            Happening(notice_id=notice, source_kind=source[0], source_id=source[1], by_id=by, at=moment)
            for notice in notices.values()
        ],
        ignore_conflicts=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"notices": list(notices.values())})
    _write_letters(kind, [member for member in members if wants.wants(member, kind, Channel.LETTER)], notices, wants)
    return len(notices)


def _open(
    kind: str, members: Sequence[Member], target: Reference, by: uuid.UUID | None, wants: Wants
) -> dict[uuid.UUID, uuid.UUID]:
    """Make or reopen the members' notices; their ids by member."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "kind": kind,
                "target_kind": target[0],
                "target_id": target[1],
                "by": by,
                "people": 1 if by else 0,
                "now": clock.now(),
                "ids": [uuid7() for _member in members],
                "members": [member.pk for member in members],
                "pages": [wants.wants(member, kind, Channel.PAGE) for member in members],
            },
        )
        return {member: notice for notice, member in cursor.fetchall()}


def _write_letters(kind: str, members: Sequence[Member], notices: dict[uuid.UUID, uuid.UUID], wants: Wants) -> None:
    """One letter a member; a notice whose letter still waits gets no second one, for it will tell of both."""
    addresses = letter_addresses(member.pk for member in members)
    moment = clock.now()
    letters = [
        a_letter(
            kind=kind,
            address=addresses[member.pk],
            language=member.language,
            not_before=wants.not_before(member, moment),
            member=member,
            notice_id=notices[member.pk],
        )
        for member in members
        if member.pk in addresses
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)


@transaction.atomic
def forget_source(*, source: Reference) -> None:
    """Take an event back, when what it came from was removed; a notice left without events goes with it."""
    gone = Happening.objects.filter(source_kind=source[0], source_id=source[1])
    notices = list(gone.order_by("notice_id").values_list("notice_id", flat=True))
    gone.delete()
    Notice.objects.filter(pk__in=notices, happenings=None).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"notices": notices})
