"""Vote, change the vote, take it back; until the poll closes."""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards.errors import TopicGone, TopicLocked
from community.boards.models import Topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.members import allowances, standing
from community.polls.errors import PollClosed, WrongChoices
from community.polls.models import Ballot, Option, Poll, PollKind


@transaction.atomic
def cast_ballot(*, by: Any, topic_id: uuid.UUID, choices: Sequence[uuid.UUID]) -> Ballot:
    """Vote for these answers, in order of preference in a ranked poll; an earlier ballot is replaced.

    Raises NotThere, WrongChoices, PollClosed, TopicLocked, TopicGone, Refused for a silenced member and TooMany.
    """
    poll = _open_poll(by, topic_id)
    standing.require_voice(by)
    chosen = _checked(poll, choices)
    ballot = Ballot.objects.filter(poll=poll, member=by).first()
    if ballot is not None and ballot.choices == chosen:
        return ballot
    allowances.spend(member=by, act="reaction")
    _count(poll, before=ballot.choices if ballot else [], after=chosen)
    if ballot is None:
        Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") + 1)
        return Ballot.objects.create(poll=poll, member=by, choices=chosen, cast_at=clock.now())
    ballot.choices, ballot.cast_at = chosen, clock.now()
    ballot.save(update_fields=["choices", "cast_at"])
    return ballot


@transaction.atomic
def withdraw_ballot(*, by: Any, topic_id: uuid.UUID) -> None:
    """Take one's vote back. Without one, nothing changes.

    Raises NotThere, PollClosed, TopicLocked or TopicGone.
    """
    poll = _open_poll(by, topic_id)
    ballot = Ballot.objects.filter(poll=poll, member=by).first()
    if ballot is None:
        return
    _count(poll, before=ballot.choices, after=[])
    Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") - 1)
    ballot.delete()


def _open_poll(by: Any, topic_id: uuid.UUID) -> Poll:
    """The poll, held; rivals wait here, and the clock is read after the wait."""
    topic = Topic.objects.get_visible(by, topic_id)
    poll = Poll.objects.select_for_update().filter(topic=topic).first()
    if poll is None:
        raise NotThere
    if poll.closed:
        raise PollClosed
    if not topic.is_published:
        raise TopicGone
    if topic.locked:
        raise TopicLocked
    return poll


def _checked(poll: Poll, choices: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    chosen = list(choices)
    if not 1 <= len(chosen) <= poll.most_choices or len(set(chosen)) != len(chosen):
        raise WrongChoices
    if Option.objects.filter(poll=poll, pk__in=chosen).count() != len(chosen):
        raise WrongChoices
    # The order means something in a ranked poll alone; elsewhere the same vote is stored the same way.
    return chosen if poll.kind == PollKind.RANKED else sorted(chosen)


def counted(kind: str, choices: Sequence[uuid.UUID]) -> Sequence[uuid.UUID]:
    """The answers whose `votes` a ballot raises: all it names, in a ranked poll the first."""
    return choices[:1] if kind == PollKind.RANKED else choices


def _count(poll: Poll, *, before: Sequence[uuid.UUID], after: Sequence[uuid.UUID]) -> None:
    change = Counter(counted(poll.kind, after))
    change.subtract(counted(poll.kind, before))
    for option_id, step in sorted(change.items()):
        if step:
            Option.objects.filter(pk=option_id).update(votes=F("votes") + step)
