"""Pin, lock and slow a topic down."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.boards import locks, rights
from community.boards.models import Topic
from community.foundation.problems import Invalid
from community.members.models import Member
from community.outbox import events as outbox

SLOWEST = 86_400


@transaction.atomic
def set_state(
    *,
    by: Member,
    topic: Topic,
    pinned: bool | None = None,
    locked: bool | None = None,
    slow_seconds: int | None = None,
) -> Topic:
    """Change what moderators may set; None leaves a thing as it is. Slow mode is 0 (off) to 86,400 seconds.

    Raises NotThere, MayNotOnBoard, TopicGone, Invalid with field `slow_seconds`.
    """
    if slow_seconds is not None and not 0 <= slow_seconds <= SLOWEST:
        raise Invalid(_("Slow mode is between 0 seconds and one day."), code="invalid", field="slow_seconds")
    held = locks.topic(by, topic.pk)
    rights.require(by, "moderate", held.board)
    locks.require_open(held)
    asked = {"pinned": pinned, "locked": locked, "slow_seconds": slow_seconds}
    changes = {name: value for name, value in asked.items() if value is not None and value != getattr(held, name)}
    for name, value in changes.items():
        setattr(held, name, value)
    if changes:
        held.save(update_fields=list(changes))
        payload = {"topic": str(held.pk), "by": str(by.pk), "changes": changes}
        outbox.publish(topic="topic.stated", key=str(held.pk), payload=payload)
    return held
