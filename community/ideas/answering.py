"""A team answers an idea: a status, with the reason for it. The author is credited when it comes true."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q

from community.boards import locks
from community.boards.models import Topic
from community.foundation import clock, markdown
from community.foundation.problems import NotThere
from community.ideas import conf
from community.ideas.errors import NotYourIdea, WrongAnswer
from community.ideas.models import AnsweringTeam, Idea, IdeaAnswer, Status
from community.members.models import Team
from community.members.standing import require_voice
from community.outbox.events import publish
from community.subjects.models import Steward


@transaction.atomic
def answer_idea(*, by: Any, topic_id: uuid.UUID, status: str, answer: str = "", team: Team | None = None) -> IdeaAnswer:
    """Set the status of an idea, saying why. Declining needs a reason.

    Whoever speaks for several teams names the `team`, else the first by name speaks; operators may speak for the
    site. Raises NotThere, NotYourIdea, TopicGone, WrongAnswer, or Refused without voice.
    """
    require_voice(by)
    topic = locks.topic(by, topic_id)
    idea = Idea.objects.filter(topic=topic).first()
    if idea is None:
        raise NotThere
    speaker = _speaker(by, topic, team)
    locks.require_open(topic)
    text = answer.strip()
    if status not in Status.values:
        raise WrongAnswer("status")
    if len(text) > conf.ANSWER_LENGTH or (status == Status.DECLINED and not text):
        raise WrongAnswer("answer")
    moment = clock.now()
    idea.status, idea.status_at = status, moment
    if status == Status.SHIPPED and idea.credited_at is None:
        idea.credited_at = moment
    idea.save(update_fields=["status", "status_at", "credited_at"])
    said = IdeaAnswer.objects.create(
        idea=idea,
        status=status,
        source=text,
        html=markdown.render(text).html if text else "",
        team=speaker,
        by=by,
        created_at=moment,
    )
    payload = {"topic": str(topic.pk), "by": str(by.pk), "status": status, "team": str(speaker.pk) if speaker else None}
    publish(topic="idea.answered", key=str(topic.pk), payload=payload)
    return said


def answering_teams(member: Any, topic: Topic) -> list[Team]:
    """The teams of `member` that may answer this idea: stewards of its subjects, and those that its board names."""
    if not member.is_authenticated:
        return []
    named = AnsweringTeam.objects.filter(board=topic.board_id).values("team")
    stewards = Steward.objects.filter(subject__topic_subjects__topic=topic).values("team")
    return list(Team.objects.of(member).filter(Q(pk__in=named) | Q(pk__in=stewards)).order_by("name", "pk"))


def may_answer(member: Any, topic: Topic) -> bool:
    """Whether `member` may answer this idea in anyone's name."""
    return member.is_authenticated and (member.is_operator or bool(answering_teams(member, topic)))


def _speaker(by: Any, topic: Topic, team: Team | None) -> Team | None:
    teams = answering_teams(by, topic)
    if team is not None:
        if team not in teams and not by.is_operator:
            raise NotYourIdea
        return team
    if teams:
        return teams[0]
    if not by.is_operator:
        raise NotYourIdea
    return None
