"""Change what was written. Earlier texts stay readable as revisions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from community.boards import counting, extras, locks, rights, wording, writing
from community.boards.errors import NotYours, TopicGone, TopicLocked
from community.boards.models import Post, Revision, Topic
from community.boards.models.topics import State
from community.boards.verdicts import clean_verdict
from community.foundation import markdown
from community.foundation.clock import now
from community.foundation.problems import Stale
from community.members import allowances
from community.members.models import Member
from community.members.standing import require_voice
from community.outbox import events as outbox
from community.subjects.models import Subject
from community.uploads import binding

# A slip mended at once leaves no revision, nor the mark "edited".
GRACE = timedelta(minutes=5)


@transaction.atomic
def edit_post(*, by: Member, post: Post, body: str, expected: int | None = None, reason: str = "") -> Post:
    """Give a post a new text. `expected` is the version that was read.

    Raises NotThere, NotYours, TopicGone, TopicLocked, Stale if the post changed since, Invalid with the field, TooMany.
    """
    source, why = wording.body(body), wording.reason(reason)
    held = _held_for(by, post, expected)
    title = held.topic.title if held.is_opening else ""
    if source != held.source:
        allowances.spend(member=by, act="edit")
        _rewrite(by, held, source, old_title=title, new_title=title, why=why)
    return held


@transaction.atomic
def edit_topic(
    *,
    by: Member,
    topic: Topic,
    title: str | None = None,
    body: str | None = None,
    tags: Sequence[str] | None = None,
    subjects: Sequence[Subject] | None = None,
    verdict: str | None = None,
    for_whom: str | None = None,
    data: Mapping[str, Any] | None = None,
    expected: int | None = None,
    reason: str = "",
) -> Topic:
    """Change a topic's title, opening text, tags, subjects or what its kind adds; None leaves a thing as it is.

    `expected` is the version of the opening post. Raises as `edit_post` does.
    """
    why = wording.reason(reason)
    opening = Post.objects.filter(topic_id=topic.pk, number=1).first()
    held = _held_for(by, opening or Post(pk=topic.pk), expected)
    parent = held.topic
    allowances.spend(member=by, act="edit")
    new_title = parent.title if title is None else wording.title(title)
    source = held.source if body is None else wording.body(body)
    if (new_title, source) != (parent.title, held.source):
        old_title, parent.title = parent.title, new_title
        Topic.objects.filter(pk=parent.pk).update(title=new_title, search=writing.title_document(new_title))
        _rewrite(by, held, source, old_title=old_title, new_title=new_title, why=why)
    if tags is not None:
        _retag(parent, wording.tags(tags))
    if subjects is not None or verdict is not None or for_whom is not None:
        _resubject(by, held, subjects, verdict, for_whom)
    _change_extras(by, parent, data or {})
    return parent


def _held_for(by: Member, post: Post, expected: int | None) -> Post:
    require_voice(by)
    held = locks.post(by, post.pk)
    if not rights.may(by, "moderate", held.topic.board_id):
        if held.author_id != by.pk:
            raise NotYours
        locks.require_open(held.topic)
        if held.topic.locked:
            raise TopicLocked
        if held.state != State.PUBLISHED:
            raise TopicGone
    if expected is not None and expected != held.version:
        raise Stale
    return held


def _rewrite(by: Member, held: Post, source: str, *, old_title: str, new_title: str, why: str) -> None:
    moment = now()
    written_at = held.edited_at or held.created_at
    if by.pk != held.author_id or moment - written_at > GRACE:
        Revision.objects.create(
            post=held,
            number=held.revision_count + 1,
            title=old_title if held.is_opening else "",
            source=held.source,
            written_at=written_at,
            edited_by=by,
            reason=why,
        )
        held.revision_count += 1
        held.edited_at = moment
    before = writing.references(held.source, markdown.render(held.source))
    rendered = writing.write(held, source, title=new_title if held.is_opening else None)
    writing.spend_references(by, writing.references(source, rendered), before=before)
    held.version += 1
    held.save(update_fields=[*writing.WRITTEN_FIELDS, "version", "revision_count", "edited_at"])
    writing.bind_images(by, held)
    writing.settle_images(held)
    _publish("post.edited", by, held)


def _publish(event: str, by: Member, held: Post) -> None:
    payload = {"topic": str(held.topic_id), "post": str(held.pk), "by": str(by.pk)}
    outbox.publish(topic=event, key=str(held.topic_id), payload=payload)


def _retag(topic: Topic, names: Sequence[str]) -> None:
    added, dropped = writing.set_tags(topic, names)
    if topic.state == State.PUBLISHED:
        counting.tag_uses(topic.board_id, added, by=1)
        counting.tag_uses(topic.board_id, dropped, by=-1)


def _resubject(
    by: Member, opening: Post, subjects: Sequence[Subject] | None, verdict: str | None, for_whom: str | None
) -> None:
    topic = opening.topic
    rows = list(topic.topic_subjects.select_related("subject").order_by("pk"))
    chosen = [row.subject for row in rows] if subjects is None else list(subjects)
    told = next((row for row in rows if row.verdict), None)
    kept = (told.verdict, told.for_whom) if told else ("", "")
    clean = clean_verdict(
        topic.board, chosen, kept[0] if verdict is None else verdict, kept[1] if for_whom is None else for_whom
    )
    writing.set_subjects(topic, chosen, verdict=clean.verdict, for_whom=clean.for_whom)
    if {subject.pk for subject in chosen} - {row.subject_id for row in rows}:
        _publish("topic.about", by, opening)


def _change_extras(by: Member, topic: Topic, data: Mapping[str, Any]) -> None:
    for name, entered in extras.cleaned(board=topic.board, by=by, data=data, only_given=True).items():
        extras.changed(name, topic=topic, by=by, data=entered)


@transaction.atomic
def hide_revision(*, by: Member, revision: Revision, hidden: bool) -> Revision:
    """Keep an earlier text and its pictures from everyone but moderators of the board, or show it again.

    Raises NotThere, NotYours.
    """
    post = locks.post(by, revision.post_id)
    if not rights.may(by, "moderate", post.topic.board_id):
        raise NotYours
    Revision.objects.filter(pk=revision.pk).update(hidden=hidden)
    revision.hidden = hidden
    if hidden:
        writing.settle_images(post)
    else:
        for owner in {post.author_id, revision.edited_by_id} - {None}:
            binding.bind(by=owner, ids=writing.images_of(revision.source), target=post)
    return revision
