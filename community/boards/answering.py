"""Say which reply answered a question."""

from django.db import transaction

from community.boards import locks, rights
from community.boards.errors import NotAnAnswer, NotAQuestion, NotYours
from community.boards.models import Post, Topic
from community.boards.models.topics import State
from community.foundation.clock import now
from community.members.models import Member
from community.members.standing import require_voice
from community.outbox import events as outbox


@transaction.atomic
def accept_answer(*, by: Member, topic: Topic, post: Post) -> Topic:
    """Mark a reply as the accepted answer, in place of any other. Again changes nothing.

    The asker or a moderator of the board may. An own answer may be accepted; whoever counts thanks leaves it out, for
    the event names both. Raises NotThere, NotYours, TopicGone, NotAQuestion, NotAnAnswer.
    """
    held = _held_for(by, topic)
    answer = Post.objects.visible_to(by).filter(pk=post.pk, topic=held, state=State.PUBLISHED, number__gt=1).first()
    if answer is None:
        raise NotAnAnswer(field="post")
    if held.answer_id == answer.pk:
        return held
    if held.answer is not None:
        _tell("answer.withdrawn", held, held.answer, by)
    held.answer, held.answer_by, held.answer_at = answer, by, now()
    held.save(update_fields=["answer", "answer_by", "answer_at"])
    _tell("answer.accepted", held, answer, by)
    return held


@transaction.atomic
def withdraw_answer(*, by: Member, topic: Topic) -> Topic:
    """Open the question again. Raises NotThere, NotYours, TopicGone, NotAQuestion."""
    held = _held_for(by, topic)
    if held.answer is not None:
        _tell("answer.withdrawn", held, held.answer, by)
    held.answer = held.answer_by = held.answer_at = None
    held.save(update_fields=["answer", "answer_by", "answer_at"])
    return held


def _tell(event: str, topic: Topic, answer: Post, by: Member) -> None:
    author = str(answer.author_id) if answer.author_id else None
    outbox.publish(
        topic=event,
        key=str(topic.pk),
        payload={"topic": str(topic.pk), "post": str(answer.pk), "member": author, "by": str(by.pk)},
    )


def _held_for(by: Member, topic: Topic) -> Topic:
    require_voice(by)
    held = locks.topic(by, topic.pk)
    if held.author_id != by.pk and not rights.may(by, "moderate", held.board_id):
        raise NotYours
    locks.require_open(held)
    if not held.is_question:
        raise NotAQuestion
    return held
