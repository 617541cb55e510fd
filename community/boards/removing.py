"""Take a topic or post away, and bring it back. Nothing is deleted: authors *remove*, moderators *hide* with a reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.boards import counting, hotness, locks, rights, wording
from community.boards.errors import NothingToRestore, NotYours, OpeningPost, TopicHasAnswers, TopicLocked
from community.boards.models import Post, Topic
from community.boards.models.topics import State
from community.foundation.clock import now
from community.foundation.guest_cache import forget_guests_pages
from community.foundation.problems import Invalid
from community.members.models import Member
from community.members.standing import require_voice
from community.outbox import events as outbox


@transaction.atomic
def remove_post(*, by: Member, post: Post, reason: str = "") -> Post:
    """Its author removes a post, or a moderator of the board hides it. Doing it again changes nothing.

    Raises NotThere, NotYours, OpeningPost for the first post, which goes with its topic.
    """
    held = locks.post(by, post.pk)
    if held.is_opening:
        raise OpeningPost
    if held.state != State.PUBLISHED and not _seals(by, held):
        return held
    _set_post(by, held, _state_for(by, held), wording.reason(reason))
    counting.resettle(held.topic)
    _tell("post.removed", by, held.topic, held)
    return held


@transaction.atomic
def restore_post(*, by: Member, post: Post, reason: str = "") -> Post:
    """Bring a post back: its author what they removed, a moderator anything.

    Raises NotThere, NotYours, NothingToRestore, for the author Refused without voice and TopicLocked.
    """
    held = locks.post(by, post.pk)
    if held.is_opening:
        restore_topic(by=by, topic=held.topic, reason=reason)
        return held
    _require_restorable(by, held.topic, held)
    _set_post(by, held, State.PUBLISHED, wording.reason(reason))
    counting.resettle(held.topic)
    _tell("post.restored", by, held.topic, held)
    return held


@transaction.atomic
def remove_topic(*, by: Member, topic: Topic, reason: str = "") -> Topic:
    """Its author removes a topic that nobody else answered, or a moderator hides it. Again changes nothing.

    Raises NotThere, NotYours, TopicHasAnswers.
    """
    held = locks.topic(by, topic.pk)
    if held.state != State.PUBLISHED and not _seals(by, held):
        return held
    state = _state_for(by, held)
    if state == State.REMOVED and held.posts.filter(state=State.PUBLISHED).exclude(author=by).exists():
        raise TopicHasAnswers
    if held.state == State.PUBLISHED:
        counting.topic_vanished(held)
    held.state, held.state_reason = state, wording.reason(reason)
    held.save(update_fields=["state", "state_reason"])
    _settle_topic(by, held, "post.removed")
    return held


@transaction.atomic
def restore_topic(*, by: Member, topic: Topic, reason: str = "") -> Topic:
    """Bring a topic back: its author what they removed, a moderator anything. Raises as
    `restore_post` does."""
    held = locks.topic(by, topic.pk)
    _require_restorable(by, held, held)
    held.state, held.state_reason = State.PUBLISHED, wording.reason(reason)
    held.save(update_fields=["state", "state_reason"])
    counting.topic_appeared(held)
    _settle_topic(by, held, "post.restored")
    return held


def hide(*, target: Topic | Post, by: Member, reason: str) -> None:
    """The act of moderation on a flagged topic or post; a first post takes its topic along.

    Raises Invalid without a reason, NotThere, NotYours for who does not moderate the board.
    """
    if not wording.reason(reason):
        raise Invalid(_("Give the author a reason."), code="required", field="reason")
    _require_moderator(by, target)
    if isinstance(target, Topic):
        remove_topic(by=by, topic=target, reason=reason)
    elif target.is_opening:
        remove_topic(by=by, topic=target.topic, reason=reason)
    else:
        remove_post(by=by, post=target, reason=reason)


def restore(*, target: Topic | Post, by: Member, reason: str) -> None:
    """Undo `hide`. Raises as it does, and NothingToRestore."""
    _require_moderator(by, target)
    if isinstance(target, Topic):
        restore_topic(by=by, topic=target, reason=reason)
    else:
        restore_post(by=by, post=target, reason=reason)


def _require_moderator(by: Member, target: Topic | Post) -> None:
    topic = target if isinstance(target, Topic) else target.topic
    if not rights.may(by, "moderate", topic.board_id):
        raise NotYours


def _state_for(by: Member, held: Topic | Post) -> State:
    board_id = held.board_id if isinstance(held, Topic) else held.topic.board_id
    if held.author_id == by.pk:
        return State.REMOVED
    if not rights.may(by, "moderate", board_id):
        raise NotYours
    return State.HIDDEN


def _seals(by: Member, held: Topic | Post) -> bool:
    """Whether a moderator hides what its author took away, so that the author cannot bring it back."""
    board_id = held.board_id if isinstance(held, Topic) else held.topic.board_id
    return held.state == State.REMOVED and held.author_id != by.pk and rights.may(by, "moderate", board_id)


def _require_restorable(by: Member, topic: Topic, held: Topic | Post) -> None:
    own = held.author_id == by.pk and held.state == State.REMOVED
    if not rights.may(by, "moderate", topic.board_id):
        if not own:
            raise NotYours
        require_voice(by)  # to show words again is to say them
        if topic.locked:
            raise TopicLocked
    if held.state not in (State.HIDDEN, State.REMOVED):
        raise NothingToRestore


def _set_post(by: Member, held: Post, state: State, reason: str) -> None:
    held.state, held.state_reason, held.state_by, held.state_at = state, reason, by, now()
    held.save(update_fields=["state", "state_reason", "state_by", "state_at"])


def _settle_topic(by: Member, held: Topic, event: str) -> None:
    hotness.refresh(Topic.objects.filter(pk=held.pk))
    opening = held.posts.filter(number=1).first()
    if opening is not None:
        _tell(event, by, held, opening)


def _tell(event: str, by: Member, topic: Topic, post: Post) -> None:
    if event == "post.removed" and by.pk != post.author_id:
        forget_guests_pages()
    payload = {"topic": str(topic.pk), "post": str(post.pk), "by": str(by.pk)}
    outbox.publish(topic=event, key=str(topic.pk), payload=payload)
