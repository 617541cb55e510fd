"""Open a complaint: find its owner and start the clock."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from community.boards.models import Topic
from community.complaints import conf
from community.complaints.business_hours import due_after
from community.complaints.errors import NoSuchTeam
from community.complaints.models import Complaint, Desk, Holiday, Status, Step
from community.foundation import clock
from community.members.models import Team
from community.outbox.events import publish

LAST_RESORT = "operators"


def team_named(entered: Mapping[str, Any] | None) -> Team | None:
    """The team that a form or a REST body names by its slug; None if it names none. Raises NoSuchTeam."""
    named = (entered or {}).get("team") or ""
    if isinstance(named, Team):
        return named
    if not named:
        return None
    team = Team.objects.speaking().filter(slug=named).first()
    if team is None:
        raise NoSuchTeam
    return team


def open_complaint(*, topic: Topic, by: Any, team: Team | None = None) -> Complaint:
    """Give a new topic an owner and a clock; called in the transaction that publishes or moves it.

    The owner is the team named, else one that stands for a subject of the topic, else that of the board's desk, else
    the operators.
    """
    known = Complaint.objects.filter(topic=topic).first()
    if known is not None:
        return known
    moment = clock.now()
    complaint = Complaint.objects.create(
        topic=topic, team=team or _owner_of(topic), opened_at=moment, due_at=due_at(topic, moment)
    )
    Step.objects.create(complaint=complaint, status=Status.OPEN, by=by, created_at=moment)
    payload = {"topic": str(topic.pk), "by": str(by.pk) if by else None, "team": str(complaint.team_id)}
    publish(topic="complaint.opened", key=str(topic.pk), payload=payload)
    return complaint


def due_at(topic: Topic, start: dt.datetime) -> dt.datetime:
    """When an answer is due for a clock that starts now."""
    hours = Desk.objects.filter(board=topic.board_id).values_list("hours", flat=True).first() or conf.HOURS
    until = start.date() + dt.timedelta(days=400)
    holidays = set(
        Holiday.objects.filter(date__gte=start.date() - dt.timedelta(days=1), date__lte=until).values_list(
            "date", flat=True
        )
    )
    return due_after(start, hours, zone=zoneinfo.ZoneInfo(settings.TIME_ZONE), holidays=holidays)


def _owner_of(topic: Topic) -> Team:
    stewards = Team.objects.filter(stewardships__subject__topic_subjects__topic=topic)
    steward = stewards.order_by("stewardships__since", "pk").first()
    if steward is not None:
        return steward
    desk = Desk.objects.select_related("team").filter(board=topic.board_id).first()
    if desk is not None:
        return desk.team
    return Team.objects.get_or_create(slug=LAST_RESORT, defaults={"name": "Madang"})[0]
