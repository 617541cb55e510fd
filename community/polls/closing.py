"""A poll closes: at its time by itself, or earlier by whoever asked."""

import uuid
from typing import Any

from django.db import transaction

from community.boards import rights
from community.boards.errors import NotYours
from community.boards.models import Topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.outbox.events import publish
from community.polls.errors import PollClosed
from community.polls.models import Poll

BATCH = 200


@transaction.atomic
def close_poll(*, by: Any, topic_id: uuid.UUID) -> Poll:
    """End the vote now. For the topic's author and moderators of its board.

    Raises NotThere, NotYours, or PollClosed if it has closed already.
    """
    topic = Topic.objects.get_visible(by, topic_id)
    poll = Poll.objects.select_for_update().filter(topic=topic).first()
    if poll is None:
        raise NotThere
    if topic.author_id != by.pk and not rights.may(by, "moderate", topic.board):
        raise NotYours
    if poll.closed:
        raise PollClosed
    poll.closes_at = clock.now()
    _tell(poll, by=by)
    return poll


@transaction.atomic
def tell_closed(*, most: int = BATCH) -> int:
    """Publish `poll.closed` once for each poll whose time is over; gives how many."""
    rows = Poll.objects.closed_untold(clock.now()).order_by("closes_at").select_for_update(skip_locked=True)[:most]
    polls = list(rows)
    for poll in polls:
        _tell(poll, by=None)
    return len(polls)


def _tell(poll: Poll, *, by: Any) -> None:
    poll.closing_told_at = clock.now()
    poll.save(update_fields=["closes_at", "closing_told_at"])
    payload = {"poll": str(poll.pk), "topic": str(poll.topic_id), "by": str(by.pk) if by else None}
    publish(topic="poll.closed", key=str(poll.topic_id), payload=payload)
