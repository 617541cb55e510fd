"""What is new for a member: unread topics, their badge, and why a topic stands in a list."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.boards import listing
from community.boards.extras import Order
from community.boards.models import Topic
from community.boards.models.posts import PAGE
from community.foundation import clock
from community.foundation.problems import Sentence
from community.foundation.targets import kinds, label
from community.members.models import Member
from community.reading.models import BoardFloor, BoardFollow, Bookmark, Level, Reading, TopicFollow

CUTOFF = dt.timedelta(days=30)  # what nobody wrote in since is not called new, even to who never opened it
BADGE_MOST = 99
CLOSE = (Level.WATCH, Level.TRACK)


def first_floor(member: Member) -> dt.datetime:
    """Before this nothing is unread: the member was not here yet, or it is long ago."""
    joined = getattr(member, "joined_at", None) or getattr(member, "created_at", None)
    oldest = clock.now() - CUTOFF
    return max(oldest, joined) if joined else oldest


def with_levels(topics: QuerySet[Topic], member: Member) -> Any:
    """Annotates `level` (the topic's own, else its board's, else normal) and `read_number` (0 if never opened)."""
    own = TopicFollow.objects.filter(member=member, topic=OuterRef("pk")).values("level")
    board = BoardFollow.objects.filter(member=member, board=OuterRef("board")).values("level")
    read = Reading.objects.filter(member=member, topic=OuterRef("pk")).values("number")
    return topics.annotate(
        level=Coalesce(Subquery(own), Subquery(board), Value(Level.NORMAL)),
        read_number=Coalesce(Subquery(read), 0),
    )


def unread(topics: QuerySet[Topic], member: Member) -> Any:
    """Of `topics` those with posts that `member` has not read: not muted, and something new since the floors."""
    floor = BoardFloor.objects.filter(member=member, board=OuterRef("board")).values("at")
    oldest = first_floor(member)
    return (
        with_levels(topics, member)
        .filter(bumped_at__gt=oldest)
        .annotate(floor=Coalesce(Subquery(floor), Value(oldest)))
        .filter(bumped_at__gt=F("floor"), last_number__gt=F("read_number"))
        .exclude(level=Level.MUTE)
    )


def unread_badge(member: Member) -> int:
    """How many topics that `member` watches or tracks hold something new; counts to one more than BADGE_MOST."""
    followed = TopicFollow.objects.filter(member=member, level__in=CLOSE).values("topic")
    boards = BoardFollow.objects.filter(member=member, level__in=CLOSE).values("board")
    topics = Topic.objects.listed_for(member).filter(Q(pk__in=followed) | Q(board__in=boards))
    close = unread(topics, member).filter(level__in=CLOSE)
    return len(close.order_by().values_list("pk", flat=True)[: BADGE_MOST + 1])


@dataclass(frozen=True)
class Standing:
    """How a topic stands with a member: `unread` is how many posts are new, 0 if none or not counted as new."""

    level: str
    chosen: bool  # the member set the level of this topic; else it follows from writing in it or from the board
    wrote: bool
    read_number: int
    unread: int
    kept: bool

    @property
    def first_unread(self) -> int:
        return self.read_number + 1

    @property
    def first_unread_page(self) -> int:
        return self.read_number // PAGE + 1

    @property
    def reasons(self) -> list[str]:
        """Why the topic is marked for this member, in words."""
        if self.chosen:
            found = _CHOSEN.get(self.level)
        elif self.wrote:
            found = _("You wrote in it.")
        else:
            found = _BY_BOARD.get(self.level)
        return [str(reason) for reason in (found, _("You bookmarked it.") if self.kept else None) if reason]


_CHOSEN: dict[str, Sentence] = {
    Level.WATCH: gettext_lazy("You watch it."),
    Level.TRACK: gettext_lazy("You track it."),
    Level.MUTE: gettext_lazy("You muted it: it never counts as new."),
}
_BY_BOARD: dict[str, Sentence] = {
    Level.WATCH: gettext_lazy("You watch its board."),
    Level.TRACK: gettext_lazy("You track its board."),
    Level.MUTE: gettext_lazy("You muted its board: nothing there counts as new."),
}


def standings(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, Standing]:
    """How each of these topics stands with `member`, in a constant number of queries; nothing for guests."""
    rows = list(topics)
    if not rows or not getattr(member, "is_authenticated", False):
        return {}
    known = {pk: told for pk, *told in _told_of([topic.pk for topic in rows], member)}
    oldest = first_floor(member)
    found = {}
    for topic in rows:
        own, automatic, by_board, floor, read, kept = known.get(topic.pk, _NOTHING_TOLD)
        level = own or by_board or Level.NORMAL
        seen = read or 0
        is_new = level != Level.MUTE and topic.bumped_at > max(oldest, floor or oldest)
        found[topic.pk] = Standing(
            level=level,
            chosen=bool(own and not automatic),
            wrote=topic.author_id == member.pk or bool(own and automatic),
            read_number=seen,
            unread=max(0, topic.last_number - seen) if is_new else 0,
            kept=bool(kept),
        )
    return found


_NOTHING_TOLD = (None, None, None, None, None, False)


# Every list of every member asks this, so it is written out: putting it together from querysets each time cost more
# than all else that a list does; and joining six tables took PostgreSQL three times as long to plan as looking into each.
_TOLD = """
SELECT t.id,
  (SELECT level FROM community_reading_topicfollow WHERE member_id = %(member)s AND topic_id = t.id),
  (SELECT automatic FROM community_reading_topicfollow WHERE member_id = %(member)s AND topic_id = t.id),
  (SELECT level FROM community_reading_boardfollow WHERE member_id = %(member)s AND board_id = t.board_id),
  (SELECT at FROM community_reading_boardfloor WHERE member_id = %(member)s AND board_id = t.board_id),
  (SELECT number FROM community_reading_reading WHERE member_id = %(member)s AND topic_id = t.id),
  EXISTS (SELECT FROM community_reading_bookmark
    WHERE member_id = %(member)s AND target_kind = 'topic' AND target_id = t.id)
FROM community_boards_topic t WHERE t.id = ANY(%(topics)s::uuid[])
"""


def _told_of(ids: list[uuid.UUID], member: Member) -> list[tuple[Any, ...]]:
    """What `member` said of these topics and their boards, in one query: topic, own level, whether it came of writing,
    level and floor of the board, last number read, bookmarked."""
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"member": member.pk, "topics": ids})
        return cursor.fetchall()


_KEPT = """
SELECT target_id FROM community_reading_bookmark
WHERE member_id = %(member)s AND target_kind = %(kind)s AND target_id = ANY(%(targets)s::uuid[])
"""


def kept_ids(member: Any, kind: str, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these targets `member` has bookmarked."""
    if not getattr(member, "is_authenticated", False):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"member": member.pk, "kind": kind, "targets": list(ids)})
        return {pk for (pk,) in cursor.fetchall()}


@dataclass(frozen=True)
class Kept:
    """A bookmark with its target; None if that is gone or not open to the member any more."""

    bookmark: Bookmark
    target: Any
    title: str
    url: str

    @property
    def what(self) -> str:
        """What kind of thing it is, in the reader's language: a topic and its first post have one title."""
        return label(self.bookmark.target_kind)


def kept(bookmarks: Iterable[Bookmark], member: Member) -> list[Kept]:
    """Bookmarks with what they point at, as far as `member` may see it: one query a kind."""
    rows = list(bookmarks)
    seen: dict[tuple[str, uuid.UUID], Any] = {}
    known = kinds()
    for name in sorted({row.target_kind for row in rows} & set(known)):
        ids = [row.target_id for row in rows if row.target_kind == name]
        for target in known[name].visible_to(member).filter(pk__in=ids):
            seen[name, target.pk] = target
    found = []
    for row in rows:
        target = seen.get((row.target_kind, row.target_id))
        kind = known.get(row.target_kind)
        title, url = (kind.title(target), kind.url(target)) if kind and target is not None else ("", "")
        found.append(Kept(row, target, title, url))
    return found


def why(topic: Topic, order: Order, member: Member) -> list[str]:
    """Why `topic` stands in this list for `member`: the list's own reason with its figures, then the member's."""
    standing = standings([topic], member)[topic.pk]
    found = [listing.why(topic, order)] if order.name != "unread" else [_unread_reason(standing)]
    return [reason for reason in (*found, *standing.reasons) if reason]


def with_reasons(rows: Iterable[listing.Row], member: Member) -> list[listing.Row]:
    """Rows of what is unread, each with the words of why it is new and why it is marked; one query for all."""
    rows = list(rows)
    known = standings([row.topic for row in rows], member)
    told = {pk: " ".join([_unread_reason(standing), *standing.reasons]) for pk, standing in known.items()}
    return [replace(row, why=told[row.topic.pk]) for row in rows]


def _unread_reason(standing: Standing) -> str:
    if not standing.unread:
        return _("You have read all of it.")
    if not standing.read_number:
        return _("You have not opened it yet.")
    return ngettext(
        "%(n)s post is new since you read up to number %(read)s.",
        "%(n)s posts are new since you read up to number %(read)s.",
        standing.unread,
    ) % {"n": standing.unread, "read": standing.read_number}
