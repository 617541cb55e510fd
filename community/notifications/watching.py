"""Tell those who watch a topic or its board, and those who follow its author, portion by portion."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from community.boards.audience import readers_of
from community.boards.models import Post, Topic
from community.members.models import Following, Member
from community.notifications.noticing import AT_ONCE, tell
from community.outbox.events import publish
from community.reading.following import has_muted, watchers_of, watchers_of_board

OF_TOPICS, OF_POSTS = ("topic", "authored"), ("post",)


@transaction.atomic
def tell_portion(*, post_id: uuid.UUID, kind: str = "", after: str = "") -> int:
    """Tell the next of those who watch, by id, and leave an event for those after them; gives how many were asked.

    Whoever was told of the post already, since it answers or names them, is not told again.
    """
    post = post_to_tell(post_id)
    if post is None:
        return 0
    order = OF_TOPICS if post.is_opening else OF_POSTS
    kind = kind or order[0]
    members = hearers(post.topic).filter(_audience(kind, post)).order_by("pk")
    if after:
        members = members.filter(pk__gt=after)
    portion = list(members.values_list("pk", flat=True)[:AT_ONCE])
    tell(
        kind=kind,
        to=portion,
        target=("topic", post.topic_id),
        source=("post", post.pk),
        by=post.author_id,
        one_a_source=True,
    )
    if len(portion) == AT_ONCE:
        _go_on(post, kind, after=str(portion[-1]))
    elif kind != order[-1]:
        _go_on(post, order[order.index(kind) + 1], after="")
    return len(portion)


def post_to_tell(post_id: uuid.UUID) -> Post | None:
    """The post, held so that what members are told of it is told by one handler at a time; None if it is not shown."""
    rows = Post.objects.select_related("topic__board", "reply_to").select_for_update(of=("self",), no_key=True)
    post = rows.filter(pk=post_id).first()
    return post if post is not None and post.is_published else None


def hearers(topic: Topic) -> QuerySet[Member]:
    """Who may be told of `topic`: they may read it and did not mute it."""
    return readers_of(topic).exclude(pk__in=has_muted(topic).values("pk"))


def _audience(kind: str, post: Post) -> Q:
    if kind == "authored":
        return Q(pk__in=Following.objects.filter(followed=post.author_id).values("follower"))
    watching: Any = watchers_of_board(post.topic.board) if kind == "topic" else watchers_of(post.topic)
    return Q(pk__in=watching.values("pk"))


def _go_on(post: Post, kind: str, *, after: str) -> None:
    payload = {"post": str(post.pk), "kind": kind, "after": after}
    publish(topic="watchers.waiting", key=str(post.topic_id), payload=payload)
