"""Remember what was read. Nothing here ever makes something unread again."""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from community.boards.models import Board, Topic
from community.boards.rights import readable_board_ids
from community.foundation import clock
from community.foundation.problems import NotThere
from community.members.models import Member
from community.reading.models import BoardFloor, Reading

_SEEN = """
    INSERT INTO community_reading_reading (member_id, topic_id, number, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (member_id, topic_id) DO UPDATE SET number = excluded.number, at = excluded.at
    WHERE community_reading_reading.number < excluded.number RETURNING number
"""
_FLOOR = """
    INSERT INTO community_reading_boardfloor (member_id, board_id, at) VALUES (%s, %s, %s)
    ON CONFLICT (member_id, board_id) DO UPDATE SET at = greatest(community_reading_boardfloor.at, excluded.at)
"""


@transaction.atomic
def mark_read(*, by: Member, topic: Topic, post_number: int) -> int:
    """`by` has read `topic` up to this post; gives the number remembered, at most the last post there is.

    Raises NotThere for a topic that `by` may not read.
    """
    seen = Topic.objects.visible_to(by).filter(pk=topic.pk).values_list("last_number", flat=True).first()
    if seen is None:
        raise NotThere
    if remember(member_id=by.pk, topic_id=topic.pk, number=max(1, min(post_number, seen))):
        return max(1, min(post_number, seen))
    return Reading.objects.get(member=by, topic=topic).number


def remember(*, member_id: Any, topic_id: Any, number: int) -> bool:
    """The one statement behind `mark_read`: insert, or raise the number; False if it was as high before."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [member_id, topic_id, number, clock.now()])
        return cursor.fetchone() is not None


@transaction.atomic
def mark_board_read(*, by: Member, board: Board, at: dt.datetime | None = None) -> None:
    """Everything on `board` until now (or `at`, if that is earlier) counts as read.

    Raises NotThere for a board that `by` may not read.
    """
    if board.pk not in readable_board_ids(by):
        raise NotThere
    _raise_floors(by, [board.pk], at)


@transaction.atomic
def mark_all_read(*, by: Member) -> None:
    """Everything that `by` may read counts as read."""
    _raise_floors(by, sorted(readable_board_ids(by)), None)


def _raise_floors(by: Member, boards: list[Any], at: dt.datetime | None) -> None:
    moment = min(at or clock.now(), clock.now())
    with connection.cursor() as cursor:
        cursor.executemany(_FLOOR, [[by.pk, board, moment] for board in boards])


def floors(member: Member) -> dict[Any, dt.datetime]:
    """The floors that `member` has, by board id."""
    return dict(BoardFloor.objects.filter(member=member).values_list("board_id", "at"))
