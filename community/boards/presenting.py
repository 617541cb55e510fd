"""Boards, topics and posts as REST shows them: plain values, a constant number of queries a page."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from community.boards import extras, listing, rights
from community.boards.models import Post, Revision, Topic, TopicSubject
from community.members.ignoring import ignored_ids
from community.subjects.models import Subject


def boards(rows: Sequence[Any], member: Any) -> list[Any]:
    """Boards with the rights of `member` and the counts that may be told."""
    for board in rows:
        board.rights_shown = [verb for verb in rights.VERBS if rights.may(member, verb, board)]
        told = not board.own_topics_only or rights.may(member, "moderate", board)
        board.shown_topic_count = board.topic_count if told else None
        board.shown_post_count = board.post_count if told else None
    return list(rows)


def with_rest(topics: Any, member: Any) -> Any:
    """Annotate tags and subjects, so that they cost no queries of their own."""
    seen = Subject.objects.visible_to(member)
    spoken = TopicSubject.objects.filter(topic=OuterRef("pk"), subject__in=seen).order_by("pk")
    told = spoken.exclude(verdict="")
    return listing.with_tags(topics).annotate(
        subject_slugs=ArraySubquery(spoken.values("subject__slug")),
        told_verdicts=ArraySubquery(told.values("verdict")[:1]),
        told_for_whom=ArraySubquery(told.values("for_whom")[:1]),
    )


def topics(rows: Sequence[Any], member: Any) -> list[dict[str, Any]]:
    """The values of topics from `with_rest`."""
    added = extras.values(list(rows), member, of="topic")
    apart = ignored_ids(member)
    return [_topic(topic, apart) | _added_to_topic(topic, added) for topic in rows]


def _topic(topic: Any, apart: frozenset[Any]) -> dict[str, Any]:
    return {
        "id": topic.pk,
        "url": topic.get_absolute_url(),
        "board": topic.board.slug,
        "author": _name(topic.author),
        "title": topic.title,
        "state": topic.state,
        "state_reason": topic.state_reason or None,
        "pinned": topic.pinned,
        "locked": topic.locked,
        "slow_seconds": topic.slow_seconds,
        "tags": topic.tag_slugs,
        "subjects": topic.subject_slugs,
        "answer": topic.answer_id,
        "post_count": topic.post_count,
        "last_number": topic.last_number,
        "score": topic.score,
        "hot": topic.hot,
        "created_at": topic.created_at,
        "last_post_at": topic.bumped_at,
        "last_poster": None if topic.last_poster_id in apart else _name(topic.last_poster),
    }


def _added_to_topic(topic: Any, added: dict[str, Any]) -> dict[str, Any]:
    fields = dict.fromkeys(name for extra in extras.every() if extra.in_fields for name in extra.topic_fields)
    fields |= {
        "verdict": topic.told_verdicts[0] if topic.told_verdicts else None,
        "for_whom": (topic.told_for_whom[0] or None) if topic.told_for_whom else None,
    }
    values: dict[str, Any] = {"fields": fields}
    for extra in extras.every():
        value = added.get(extra.name, {}).get(topic.pk)
        if extra.in_fields:
            fields |= value or {}
        elif extra.topic_field is not None:
            values[extra.name] = value
    return values


def posts(rows: Sequence[Post], member: Any) -> list[dict[str, Any]]:
    """The values of posts joined with their authors."""
    added = extras.values(list(rows), member, of="post")
    named = [extra.name for extra in extras.every() if extra.post_field is not None]
    return [_post(post) | {name: added.get(name, {}).get(post.pk) for name in named} for post in rows]


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.pk,
        "url": post.get_absolute_url(),
        "topic": post.topic_id,
        "number": post.number,
        "author": _name(post.author),
        "reply_to": post.reply_to_id,
        "body": post.source,
        "html": post.html,
        "state": post.state,
        "state_reason": post.state_reason or None,
        "created_at": post.created_at,
        "edited_at": post.edited_at,
        "revision_count": post.revision_count,
        "reaction_count": post.reaction_count,
    }


def revision(row: Revision) -> dict[str, Any]:
    """The values of a revision joined with who edited."""
    return {
        "number": row.number,
        "title": row.title or None,
        "body": row.source,
        "written_at": row.written_at,
        "edited_by": _name(row.edited_by),
        "reason": row.reason or None,
        "hidden": row.hidden,
    }


def _name(member: Any) -> str | None:
    return member.username if member is not None else None


def topic_for(member: Any, topic_id: Any) -> Any:
    """A topic with all that REST shows of it. Raises NotThere."""
    found = with_rest(Topic.objects.visible_to(member).with_row(), member).filter(pk=topic_id).first()
    return found if found is not None else Topic.objects.get_visible(member, topic_id)
