"""Give a reaction, and take it back.

Both hold the topic and the post (boards.locks), so that a move of the post waits, and rivals on one post stand in line:
rows and counters always agree. A reaction to an opening post is also a point of its topic.
"""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards import hotness, locks
from community.boards.models import Post, Topic
from community.foundation import clock
from community.members import allowances, standing
from community.outbox.events import publish
from community.reactions.errors import NoSuchKind, OwnPost, PostGone
from community.reactions.models import Reaction, ReactionKind, Tally


@transaction.atomic
def react(*, by: Any, post_id: uuid.UUID, kind: str) -> Tally:
    """Give the post a reaction of this kind. Once more changes nothing and costs nothing.

    Raises NotThere for a post that `by` may not see or an unknown kind, PostGone for a hidden or removed one, OwnPost,
    Refused for a silenced member, and TooMany.
    """
    post = _held(by, post_id, kind)
    standing.require_voice(by)
    if post.author_id == by.pk:
        raise OwnPost
    if not (post.is_published and post.topic.is_published):
        raise PostGone
    if not Reaction.objects.filter(post=post, member=by, kind=kind).exists():
        allowances.spend(member=by, act="reaction")
        first = not Reaction.objects.filter(post=post, member=by).exists()
        Reaction.objects.create(post=post, member=by, kind=kind, created_at=clock.now())
        _count(post, kind, 1)
        publish(
            topic="reaction.given",
            key=str(post.topic_id),
            payload={
                "post": str(post.pk),
                "topic": str(post.topic_id),
                "by": str(by.pk),
                "member": str(post.author_id) if post.author_id else None,
                "kind": kind,
                "first": first,
            },
        )
    return tally_of(post)


@transaction.atomic
def unreact(*, by: Any, post_id: uuid.UUID, kind: str) -> Tally:
    """Take the reaction back, and with the last of one's reactions to the post the thanks it counted as. Without one,
    nothing changes.

    Raises NotThere for a post that `by` may not see or an unknown kind.
    """
    post = _held(by, post_id, kind)
    deleted, _rows = Reaction.objects.filter(post=post, member=by, kind=kind).delete()
    if deleted:
        _count(post, kind, -1)
        if not Reaction.objects.filter(post=post, member=by).exists():
            author = str(post.author_id) if post.author_id else None
            payload = {"post": str(post.pk), "topic": str(post.topic_id), "by": str(by.pk), "member": author}
            publish(topic="reaction.taken", key=str(post.topic_id), payload=payload)
    return tally_of(post)


@transaction.atomic
def forget_reactions(*, member_id: uuid.UUID, most: int = 200) -> int:
    """Take back reactions of a member who is erased, of up to `most` posts at a time; gives how many."""
    theirs = Reaction.objects.filter(member_id=member_id)
    post_ids = set(theirs.order_by("post_id").values_list("post_id", flat=True)[:most])
    topic_ids = Post.objects.filter(pk__in=post_ids).values_list("topic_id", flat=True)
    list(Topic.objects.filter(pk__in=set(topic_ids)).order_by("pk").select_for_update())
    posts = {post.pk: post for post in Post.objects.filter(pk__in=post_ids).order_by("pk").select_for_update()}
    given = list(theirs.filter(post__in=posts).order_by("post_id", "kind").values_list("pk", "post_id", "kind"))
    for _pk, post_id, kind in given:
        _count(posts[post_id], kind, -1)
    Reaction.objects.filter(pk__in=[pk for pk, _post, _kind in given]).delete()
    return len(given)


def tally_of(post: Post) -> Tally:
    """The post's counts now; all zero before the first reaction."""
    return Tally.objects.filter(pk=post.pk).first() or Tally(post=post)


def _held(member: Any, post_id: uuid.UUID, kind: str) -> Post:
    if kind not in ReactionKind.values:
        raise NoSuchKind
    return locks.post(member, post_id)


def _count(post: Post, kind: str, step: int) -> None:
    Tally.objects.bulk_create([Tally(post=post)], ignore_conflicts=True)
    Tally.objects.filter(pk=post.pk).update(**{kind: F(kind) + step})
    Post.objects.filter(pk=post.pk).update(reaction_count=F("reaction_count") + step)
    if post.is_opening:
        topic = Topic.objects.filter(pk=post.topic_id)
        topic.update(score=F("score") + step)
        hotness.refresh(topic)
