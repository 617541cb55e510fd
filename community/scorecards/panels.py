"""What this app shows on a subject's page."""

from typing import Any

from django.http import HttpRequest

from community.scorecards.models import RankedList, RankedListLine
from community.subjects import panels
from community.subjects.models import Subject

SHOWN = 5


def register() -> None:
    panels.register(panels.Panel(name="lists", order=30, build=lists, place="side"))


def lists(subject: Subject, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Public lists in which the subject stands highest."""
    visible = RankedList.objects.visible_to(request.user)
    rows = RankedListLine.objects.filter(subject=subject, ranked_list__in=visible)
    lines = list(rows.select_related("ranked_list__owner").order_by("position", "-ranked_list__updated_at")[:SHOWN])
    return ("community/scorecards/subject/_lists.html", {"lines": lines}) if lines else None
