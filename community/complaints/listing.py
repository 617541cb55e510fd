"""The complaints of a desk."""

from typing import Any

from django.db.models import QuerySet

from community.complaints.models import RUNNING, Complaint


def for_desk(member: Any, *, running: bool = True) -> QuerySet[Complaint]:
    """The complaints of the teams that `member` speaks for; of all teams for an operator. `running` leaves out those
    that do not wait for an answer."""
    rows = Complaint.objects.visible_to(member).filter(topic__state="published")
    if not member.is_operator:
        rows = rows.filter(team__memberships__member=member)
    if running:
        rows = rows.filter(status__in=RUNNING)
    return rows.select_related("team", "topic__board", "topic__author")
