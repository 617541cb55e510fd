"""Vote for an idea, take the vote back. Both hold the topic, so votes and their counter always agree."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards import hotness, locks
from community.boards.models import Topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.ideas.errors import VotingOver
from community.ideas.models import Idea, IdeaVote
from community.members import allowances, standing


@transaction.atomic
def vote(*, by: Any, topic_id: uuid.UUID) -> Idea:
    """Count `by` among those who want the idea. Once more changes nothing and costs nothing.

    Raises NotThere, TopicGone, VotingOver, Refused for a silenced member and TooMany.
    """
    idea = _held(by, topic_id)
    standing.require_voice(by)
    if IdeaVote.objects.filter(idea=idea, member=by).exists():
        return idea
    if idea.decided:
        raise VotingOver
    allowances.spend(member=by, act="reaction")
    IdeaVote.objects.create(idea=idea, member=by, created_at=clock.now())
    return _counted(idea, 1)


@transaction.atomic
def unvote(*, by: Any, topic_id: uuid.UUID) -> Idea:
    """Take the vote back. Without one, nothing changes.

    Raises NotThere, TopicGone, or VotingOver once the idea is decided.
    """
    idea = _held(by, topic_id)
    given = IdeaVote.objects.filter(idea=idea, member=by)
    if not given.exists():
        return idea
    if idea.decided:
        raise VotingOver
    given.delete()
    return _counted(idea, -1)


@transaction.atomic
def forget_votes(*, member_id: uuid.UUID, most: int = 200) -> int:
    """Take back votes of a member who is erased, up to `most` at a time; gives how many."""
    topics = IdeaVote.objects.filter(member_id=member_id).order_by("idea_id").values_list("idea_id", flat=True)[:most]
    held = list(Topic.objects.filter(pk__in=set(topics)).order_by("pk").select_for_update())
    removed = 0
    for topic in held:
        deleted, _rows = IdeaVote.objects.filter(idea_id=topic.pk, member_id=member_id).delete()
        if deleted:
            _counted(Idea.objects.get(pk=topic.pk), -1)
        removed += deleted
    return removed


def _held(by: Any, topic_id: uuid.UUID) -> Idea:
    topic = locks.topic(by, topic_id)
    idea = Idea.objects.filter(topic=topic).first()
    if idea is None:
        raise NotThere
    locks.require_open(topic)
    return idea


def _counted(idea: Idea, step: int) -> Idea:
    Idea.objects.filter(pk=idea.pk).update(vote_count=F("vote_count") + step)
    topic = Topic.objects.filter(pk=idea.pk)
    topic.update(score=F("score") + step)
    hotness.refresh(topic)
    idea.refresh_from_db(fields=["vote_count"])
    return idea
