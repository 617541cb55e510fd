"""Move a topic to another board, split replies off, merge two topics. Old addresses lead to where things stand now."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Value

from community.boards import counting, extras, hotness, locks, rights, wording, writing
from community.boards.errors import NothingToMove, SameTopic, TopicGone
from community.boards.models import Board, Post, Topic
from community.boards.models.places import Kind
from community.boards.models.topics import State
from community.foundation.guest_cache import forget_guests_pages
from community.members.models import Member
from community.outbox import events as outbox

MOST_SPLIT = 200


@transaction.atomic
def move_topic(*, by: Member, topic: Topic, board: Board) -> Topic:
    """Let a topic stand on another board. Needs the right to moderate both.

    Raises NotThere, MayNotOnBoard, TopicGone; Conflict if what the topic carries forbids it.
    """
    held = locks.topic(by, topic.pk)
    rights.require(by, "moderate", held.board)
    rights.require(by, "moderate", board)
    if held.state == State.MERGED:
        raise TopicGone
    if held.board_id == board.pk:
        return held
    extras.moving(topic=held, by=by, board=board)
    if held.state == State.PUBLISHED:
        counting.topic_vanished(held)
    held.board, held.own_only = board, board.own_topics_only
    if board.kind != Kind.QUESTION:
        held.answer = held.answer_by = held.answer_at = None
    held.save(update_fields=["board", "own_only", "answer", "answer_by", "answer_at"])
    if held.state == State.PUBLISHED:
        counting.topic_appeared(held)
    _tell(by, held)
    return held


@transaction.atomic
def split_topic(*, by: Member, topic: Topic, posts: Sequence[uuid.UUID], title: str) -> Topic:
    """Make a topic of some replies, on the same board, in their order; the first becomes its opening post.

    Raises NotThere, MayNotOnBoard, TopicGone, NothingToMove, Invalid with field `title`.
    """
    held = locks.topic(by, topic.pk)
    rights.require(by, "moderate", held.board)
    locks.require_open(held)
    clean = wording.title(title)
    chosen = set(posts)
    rows = list(Post.objects.filter(topic=held, pk__in=chosen, number__gt=1).order_by("number")[: MOST_SPLIT + 1])
    if not rows or len(rows) != len(chosen) or len(rows) > MOST_SPLIT:
        raise NothingToMove(field="posts")
    fresh = _empty_topic_for(held, rows[0], clean)
    for number, post in enumerate(rows, 1):
        Post.objects.filter(pk=post.pk).update(topic=fresh, number=number, state=_opening_state(post, number))
    Post.objects.filter(pk=rows[0].pk).update(search=writing.document(rows[0].text, clean), reply_to=None)
    Topic.objects.filter(pk=fresh.pk).update(last_number=len(rows))
    counting.resettle(held)
    fresh.refresh_from_db()
    _appear(fresh)
    _tell(by, fresh)
    return fresh


def _opening_state(post: Post, number: int) -> str:
    # A topic is hidden as a whole; its opening post always stands.
    return State.PUBLISHED if number == 1 else post.state


def _empty_topic_for(held: Topic, opening: Post, title: str) -> Topic:
    return Topic.objects.create(
        board=held.board,
        author_id=opening.author_id,
        title=title,
        own_only=held.own_only,
        created_at=opening.created_at,
        bumped_at=opening.created_at,
        last_poster_id=opening.author_id,
        state=State.HIDDEN if opening.state != State.PUBLISHED else State.PUBLISHED,
        search=writing.title_document(title),
        hot=hotness.heat(score=0, people=1, age=timedelta()),
    )


def _appear(fresh: Topic) -> None:
    if fresh.state == State.PUBLISHED:
        counting.topic_appeared(fresh)
    counting.resettle(fresh)


@transaction.atomic
def merge_topics(*, by: Member, topic: Topic, into: Topic) -> Topic:
    """Append the posts of `topic` to `into`; the address of `topic` redirects from now on.

    Needs the right to moderate both boards. Raises NotThere, MayNotOnBoard, TopicGone, SameTopic.
    """
    if topic.pk == into.pk:
        raise SameTopic(field="into")
    held, target = locks.topics(by, topic.pk, into.pk)
    for each in (held, target):
        rights.require(by, "moderate", each.board)
        locks.require_open(each)
    counting.topic_vanished(held)
    Post.objects.filter(topic=held).update(topic=target, number=F("number") + Value(target.last_number))
    target.last_number += held.last_number
    target.save(update_fields=["last_number"])
    held.state, held.merged_into, held.post_count, held.poster_count = State.MERGED, target, 0, 0
    held.answer = held.answer_by = held.answer_at = None
    held.hot, held.pinned = 0.0, False
    held.save()
    Topic.objects.filter(merged_into=held).update(merged_into=target)
    counting.resettle(target)
    _tell(by, target, came_from=held)
    return target


def _tell(by: Member, topic: Topic, *, came_from: Topic | None = None) -> None:
    payload = {"topic": str(topic.pk), "by": str(by.pk), "from": str(came_from.pk) if came_from else None}
    forget_guests_pages()
    outbox.publish(topic="topic.moved", key=str(topic.pk), payload=payload)
