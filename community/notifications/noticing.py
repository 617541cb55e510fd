"""Tell members that something happened: one act for every event of every wing.

tell(kind="reply", to=[author_id], target=("topic", topic.pk), source=("post", post.pk), by=post.author_id)
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from community.foundation import clock, fragments
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
    *,
    kind: str,
    to: Iterable[uuid.UUID],
    target: Reference,
    source: Reference,
    by: uuid.UUID | None = None,
    letters: bool = True,
    one_a_source: bool = False,
) -> int:
    """Tell each member of `to`, by the channels they left on, that `source` happened to `target`; gives how many were told.

    Nobody is told of their own act, by a member they ignore, or twice of one source. Whether they may see the target is
    asked whenever a page or a letter shows the notice. With `one_a_source`, nobody is told who was told of `source` by
    a notice of another kind.
    `letters=False` leaves letters to the caller. Raises LookupError for an unknown kind.
    """
    kinds.named(kind)
    event = _Event(kind, target, source, by)
    members = {member for member in to if member and member != by}
    members -= ignoring_ids(by) if by else set()
    members -= _told_of(source, members) if one_a_source else set()
    told, everyone = 0, sorted(members)
    for start in range(0, len(everyone), AT_ONCE):
        told += _tell_some(event, everyone[start : start + AT_ONCE], letters=letters)
    return told


def _told_of(source: Reference, members: set[uuid.UUID]) -> set[uuid.UUID]:
    rows = Happening.objects.filter(source_kind=source[0], source_id=source[1], notice__member__in=members)
    return set(rows.values_list("notice__member_id", flat=True))


@dataclass(frozen=True)
class _Event:
    kind: str
    target: Reference
    source: Reference
    by: uuid.UUID | None


def _tell_some(event: _Event, ids: Sequence[uuid.UUID], *, letters: bool) -> int:
    wants = Wants(ids, kind=event.kind)
    members = [
        member
        for member in _not_yet_told(event, ids)
        if any(wants.wants(member, event.kind, channel) for channel in Channel.values)
    ]
    if not members:
        return 0
    notices = _open(event, members, wants)
    moment = clock.now()
    Happening.objects.bulk_create(
        [
            Happening(
                notice_id=notice, source_kind=event.source[0], source_id=event.source[1], by_id=event.by, at=moment
            )
            for notice in notices.values()
        ],
        ignore_conflicts=True,
    )
    _recount(list(notices.values()))
    transaction.on_commit(lambda: fragments.forget(notices))
    if letters:
        wanting = [member for member in members if wants.wants(member, event.kind, Channel.LETTER)]
        _write_letters(event, wanting, notices, wants)
    return len(notices)


def _not_yet_told(event: _Event, ids: Sequence[uuid.UUID]) -> Sequence[Member]:
    known = Happening.objects.filter(
        source_kind=event.source[0],
        source_id=event.source[1],
        notice__kind=event.kind,
        notice__target_id=event.target[1],
        notice__member__in=ids,
    )
    done = set(known.values_list("notice__member_id", flat=True))
    return Member.objects.filter(pk__in=ids, is_active=True).exclude(pk__in=done).order_by("pk")


def _open(event: _Event, members: Sequence[Member], wants: Wants) -> dict[uuid.UUID, uuid.UUID]:
    """Make or reopen the members' notices; their ids by member."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OPEN,
            {
                "kind": event.kind,
                "target_kind": event.target[0],
                "target_id": event.target[1],
                "by": event.by,
                "people": 1 if event.by else 0,
                "now": clock.now(),
                "ids": [uuid7() for _member in members],
                "members": [member.pk for member in members],
                "pages": [wants.wants(member, event.kind, Channel.PAGE) for member in members],
            },
        )
        return {member: notice for notice, member in cursor.fetchall()}


def _recount(notices: list[uuid.UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"notices": notices})


def _write_letters(event: _Event, members: Sequence[Member], notices: dict[uuid.UUID, uuid.UUID], wants: Wants) -> None:
    """One letter a member; a notice whose letter still waits gets no second one, for it will tell of both."""
    addresses = letter_addresses(member.pk for member in members)
    moment = clock.now()
    letters = [
        a_letter(
            kind=event.kind,
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
    left = Happening.objects.filter(notice=OuterRef("pk"), at__gte=OuterRef("opened_at"))
    Notice.objects.filter(~Exists(left), pk__in=notices).delete()
    _recount(notices)
