"""The counter columns of boards, tags and topics: changed here by every act, recomputed by `manage.py recount`.

A topic counts on its board and for its tags while it is published, a post while it and its topic are.
"""

import uuid

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery

from community.boards import hotness
from community.boards.models import Board, Post, TagUse, Topic, TopicTag
from community.boards.models.topics import State
from community.foundation import counters

LISTED = ("post_count", "poster_count", "last_poster", "bumped_at")


def topic_appeared(topic: Topic) -> None:
    """The topic became published on its board."""
    _board(topic.board_id, topics=1, posts=topic.post_count)
    tag_uses(topic.board_id, _tags(topic), by=1)


def topic_vanished(topic: Topic) -> None:
    """The topic stopped being published on its board (`topic.board_id` is still the one it leaves)."""
    _board(topic.board_id, topics=-1, posts=-topic.post_count)
    tag_uses(topic.board_id, _tags(topic), by=-1)


def post_appeared(topic: Topic) -> None:
    if topic.state == State.PUBLISHED:
        _board(topic.board_id, posts=1)


def tag_uses(board_id: uuid.UUID, tag_ids: list[uuid.UUID], *, by: int) -> None:
    """Count a topic more or less for these tags on this board; rows by tag id, so that rivals do not deadlock."""
    if by > 0:
        TagUse.objects.bulk_create(
            [TagUse(tag_id=tag_id, board_id=board_id) for tag_id in sorted(tag_ids)], ignore_conflicts=True
        )
    for tag_id in sorted(tag_ids):
        TagUse.objects.filter(tag_id=tag_id, board_id=board_id).update(topic_count=F("topic_count") + by)


def resettle(topic: Topic) -> None:
    """Recompute from its posts what lists show of a held topic, after posts left, came back or moved.

    The topic keeps its last voice if no published post is left.
    """
    before = topic.post_count
    published = Post.objects.filter(topic=topic, state=State.PUBLISHED)
    figures = published.aggregate(posts=Count("pk"), people=Count("author", distinct=True))
    last = published.order_by("-number").values("author_id", "created_at").first()
    topic.post_count, topic.poster_count = figures["posts"], figures["people"]
    if last:
        topic.last_poster_id, topic.bumped_at = last["author_id"], last["created_at"]
    if topic.answer_id and not published.filter(pk=topic.answer_id).exists():
        topic.answer = topic.answer_by = topic.answer_at = None
    topic.save(update_fields=[*LISTED, "answer", "answer_by", "answer_at"])
    if topic.state == State.PUBLISHED:
        _board(topic.board_id, posts=topic.post_count - before)
    hotness.refresh(Topic.objects.filter(pk=topic.pk))


def _tags(topic: Topic) -> list[uuid.UUID]:
    return list(TopicTag.objects.filter(topic=topic).values_list("tag_id", flat=True))


def _board(board_id: uuid.UUID, *, topics: int = 0, posts: int = 0) -> None:
    if topics or posts:
        Board.objects.filter(pk=board_id).update(
            topic_count=F("topic_count") + topics, post_count=F("post_count") + posts
        )


def _count(rows: QuerySet, group: str, *, people: bool = False) -> Subquery:
    figure = Count("author", distinct=True) if people else Count("pk")
    return Subquery(rows.order_by().values(group).annotate(figure=figure).values("figure"), output_field=IntegerField())


def register() -> None:
    """Make the counters known to `manage.py recount`; called when the app is ready."""
    published = Q(state=State.PUBLISHED)
    posts = Post.objects.filter(published)
    counters.register("community_boards.Topic", "post_count", _count(posts.filter(topic=OuterRef("pk")), "topic"))
    counters.register(
        "community_boards.Topic", "poster_count", _count(posts.filter(topic=OuterRef("pk")), "topic", people=True)
    )
    topics = Topic.objects.filter(published, board=OuterRef("pk"))
    counters.register("community_boards.Board", "topic_count", _count(topics, "board"))
    on_board = posts.filter(topic__board=OuterRef("pk"), topic__state=State.PUBLISHED)
    counters.register("community_boards.Board", "post_count", _count(on_board, "topic__board"))
    tagged = TopicTag.objects.filter(tag=OuterRef("tag"), topic__board=OuterRef("board"), topic__state=State.PUBLISHED)
    counters.register("community_boards.TagUse", "topic_count", _count(tagged, "tag"))
