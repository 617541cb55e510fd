"""The owner team works on a complaint and answers it; another team takes it over."""

import uuid
from typing import Any

from django.db import transaction

from community.boards import locks
from community.boards.models import Topic
from community.complaints import conf
from community.complaints.errors import NotYourComplaint, WrongResponse
from community.complaints.models import Complaint, Status, Step
from community.complaints.opening import due_at
from community.foundation import clock, markdown
from community.foundation.problems import NotThere
from community.members.models import Team, TeamMember
from community.members.standing import require_voice
from community.outbox.events import publish

RESPONSES = (Status.WORKING, Status.ANSWERED)


@transaction.atomic
def respond(*, by: Any, topic_id: uuid.UUID, status: str, answer: str = "") -> Complaint:
    """Say how the matter stands: `working` (the clock stops) or `answered`, which needs words.

    For the owner team and operators. Raises NotThere, NotYourComplaint, TopicGone, WrongResponse, or Refused
    without voice.
    """
    require_voice(by)
    topic, complaint = held(by, topic_id)
    require_owner(by, complaint)
    locks.require_open(topic)
    text = answer.strip()
    if status not in RESPONSES:
        raise WrongResponse("status")
    if len(text) > conf.ANSWER_LENGTH or (status == Status.ANSWERED and not text):
        raise WrongResponse("answer")
    _reach(complaint, status)
    add_step(complaint, by=by, team=complaint.team, text=text)
    payload = {"topic": str(topic.pk), "by": str(by.pk), "team": str(complaint.team_id), "status": status}
    publish(topic="complaint.answered", key=str(topic.pk), payload=payload)
    return complaint


def heard(*, post: Any, by: Any) -> None:
    """A reply of the owner team stops the clock; called in the transaction that publishes a post, its topic held."""
    if post.is_opening or by is None:
        return
    complaint = Complaint.objects.filter(topic=post.topic_id, status__in=[Status.OPEN, Status.REOPENED]).first()
    if complaint is not None and speaks_for(by, complaint):
        _reach(complaint, Status.WORKING)
        add_step(complaint, by=by, team=complaint.team)


@transaction.atomic
def hand_over(*, by: Any, topic_id: uuid.UUID, team: Team) -> Complaint:
    """Let another team own the complaint; if it still waits, the clock starts anew.

    For the owner team and operators. Raises NotThere or NotYourComplaint.
    """
    topic, complaint = held(by, topic_id)
    require_owner(by, complaint)
    if complaint.team_id == team.pk:
        return complaint
    complaint.team = team
    if complaint.running:
        complaint.due_at, complaint.late_told_at = due_at(topic, clock.now()), None
    complaint.save(update_fields=["team", "due_at", "late_told_at"])
    add_step(complaint, by=by, team=team)
    payload = {"topic": str(topic.pk), "by": str(by.pk), "team": str(team.pk)}
    publish(topic="complaint.opened", key=str(topic.pk), payload=payload)
    return complaint


def held(by: Any, topic_id: uuid.UUID) -> tuple[Topic, Complaint]:
    """The topic, held, with its complaint. Raises NotThere."""
    topic = locks.topic(by, topic_id)
    complaint = Complaint.objects.select_related("team").filter(topic=topic).first()
    if complaint is None:
        raise NotThere
    return topic, complaint


def speaks_for(member: Any, complaint: Complaint) -> bool:
    """Whether `member` may answer in the name of the owner."""
    if not member.is_authenticated:
        return False
    return member.is_operator or TeamMember.objects.filter(team=complaint.team_id, member=member).exists()


def require_owner(by: Any, complaint: Complaint) -> None:
    if not speaks_for(by, complaint):
        raise NotYourComplaint


def add_step(complaint: Complaint, *, by: Any, team: Team | None = None, text: str = "") -> Step:
    """Write down the state that the complaint just reached."""
    html = markdown.render(text).html if text else ""
    return Step.objects.create(
        complaint=complaint, status=complaint.status, source=text, html=html, team=team, by=by, created_at=clock.now()
    )


def _reach(complaint: Complaint, status: str) -> None:
    moment = clock.now()
    complaint.status, complaint.closed_at, complaint.late_told_at = status, None, None
    complaint.responded_at = complaint.responded_at or moment
    complaint.save(update_fields=["status", "closed_at", "late_told_at", "responded_at"])
