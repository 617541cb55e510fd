"""Start a topic, answer in one."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards import counting, extras, hotness, locks, rights, wording, writing
from community.boards.errors import SlowMode, TopicLocked
from community.boards.models import Board, Post, Topic
from community.boards.verdicts import Verdict, clean_verdict
from community.foundation.clock import now
from community.foundation.problems import Invalid
from community.members import allowances
from community.members.models import Member
from community.members.standing import require_voice
from community.outbox import events as outbox
from community.subjects.models import Subject


@transaction.atomic
def publish_topic(
    *,
    by: Member,
    board: Board,
    title: str,
    body: str,
    tags: Sequence[str] = (),
    subjects: Sequence[Subject] = (),
    verdict: str = "",
    for_whom: str = "",
    data: Mapping[str, Any] | None = None,
    submission: uuid.UUID | None = None,
) -> Topic:
    """A new topic of `by` on `board`, with its opening post.

    `submission` is the key of the form: sent twice, it gives the topic made the first time. Raises NotThere or
    MayNotOnBoard without the right to post, Refused for who has no voice, Invalid with the field, TooMany.
    """
    require_voice(by)
    rights.require(by, "post", board)
    sent_before = locks.submission(by, submission)
    if sent_before is not None:
        return sent_before.topic
    told = clean_verdict(board, subjects, verdict, for_whom)
    title, body, names = wording.title(title), wording.body(body), wording.tags(tags)
    entered = extras.cleaned(board=board, by=by, data=data or {})
    allowances.spend(member=by, act="topic")
    topic = _opened(by, board, title)
    post = _written(by, topic, body, number=1, title=title, submission=submission)
    _furnish(topic, names, subjects, told)
    counting.topic_appeared(topic)
    extras.published(topic=topic, by=by, data=entered)
    extras.posted(post=post, by=by)
    outbox.publish(
        topic="topic.published",
        key=str(topic.pk),
        payload={"topic": str(topic.pk), "post": str(post.pk), "by": str(by.pk)},
    )
    return topic


def _opened(by: Member, board: Board, title: str) -> Topic:
    moment = now()
    return Topic.objects.create(
        board=board,
        author=by,
        title=title,
        own_only=board.own_topics_only,
        created_at=moment,
        bumped_at=moment,
        last_poster=by,
        last_number=1,
        post_count=1,
        poster_count=1,
        hot=hotness.heat(score=0, people=1, age=timedelta()),
        search=writing.title_document(title),
    )


def _furnish(topic: Topic, names: Sequence[str], subjects: Sequence[Subject], told: Verdict) -> None:
    if names:
        writing.set_tags(topic, names)
    if subjects:
        writing.set_subjects(topic, subjects, verdict=told.verdict, for_whom=told.for_whom)


@transaction.atomic
def publish_post(
    *, by: Member, topic: Topic, body: str, reply_to: Post | None = None, submission: uuid.UUID | None = None
) -> Post:
    """An answer of `by` in `topic`.

    `submission` is the key of the form: sent twice, it gives the post made the first time. Raises NotThere,
    MayNotOnBoard, TopicGone, TopicLocked, Refused for who has no voice, Invalid with the field, SlowMode, TooMany.
    """
    require_voice(by)
    sent_before = locks.submission(by, submission)
    if sent_before is not None:
        return sent_before
    source = wording.body(body)
    held = locks.topic(by, topic.pk)
    rights.require(by, "reply", held.board)
    _require_open_to(by, held)
    if reply_to is not None and not Post.objects.visible_to(by).filter(pk=reply_to.pk, topic=held).exists():
        raise Invalid(code="does_not_exist", field="reply_to")
    allowances.spend(member=by, act="post")
    post = _written(by, held, source, number=held.last_number + 1, reply_to=reply_to, submission=submission)
    _count_in(held, post)
    extras.posted(post=post, by=by)
    outbox.publish(
        topic="post.published",
        key=str(held.pk),
        payload={"topic": str(held.pk), "post": str(post.pk), "by": str(by.pk)},
    )
    return post


def _require_open_to(by: Member, held: Topic) -> None:
    locks.require_open(held)
    if rights.may(by, "moderate", held.board_id):
        return
    if held.locked:
        raise TopicLocked
    if held.slow_seconds:
        _require_pause(by, held)


def _require_pause(by: Member, held: Topic) -> None:
    before = Post.objects.filter(topic=held, author=by).order_by("-number").values_list("created_at", flat=True).first()
    if before is None:
        return
    left = (before + timedelta(seconds=held.slow_seconds) - now()).total_seconds()
    if left > 0:
        raise SlowMode(retry_after=int(left) + 1)


def _written(
    by: Member,
    topic: Topic,
    source: str,
    *,
    number: int,
    title: str | None = None,
    reply_to: Post | None = None,
    submission: uuid.UUID | None = None,
) -> Post:
    post = Post(topic=topic, number=number, author=by, reply_to=reply_to, submission=submission, created_at=now())
    rendered = writing.write(post, source, title=title)
    writing.spend_references(by, writing.references(source, rendered))
    post.save(force_insert=True)
    writing.bind_images(by, post)
    return post


def _count_in(held: Topic, post: Post) -> None:
    others = Post.objects.filter(topic=held, author=post.author, state="published").exclude(pk=post.pk)
    held.last_number = post.number
    Topic.objects.filter(pk=held.pk).update(
        last_number=post.number,
        post_count=F("post_count") + 1,
        poster_count=F("poster_count") + (0 if others.exists() else 1),
        bumped_at=post.created_at,
        last_poster=post.author,
    )
    hotness.refresh(Topic.objects.filter(pk=held.pk))
    counting.post_appeared(held)
