"""How complaints stand, as one member sees them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from community.boards.models import Topic
from community.complaints.models import Complaint, Status, Step
from community.complaints.responding import speaks_for

TONES = {
    Status.OPEN: "persimmon",
    Status.WORKING: "sky",
    Status.ANSWERED: "plum",
    Status.CONFIRMED: "success",
    Status.REOPENED: "persimmon",
}


@dataclass(frozen=True)
class ComplaintShown:
    """A complaint with the reader's part in it. `steps` are filled on the topic's page alone, oldest first."""

    complaint: Complaint
    topic: Topic
    may_respond: bool = False
    may_settle: bool = False
    steps: tuple[Step, ...] = ()

    @property
    def tone(self) -> str:
        return TONES[Status(self.complaint.status)]

    @property
    def row_looks(self) -> tuple[str, bool]:
        """All that a list row shows of it (`{% drawn %}`)."""
        return (self.complaint.status, self.complaint.late)

    @property
    def values(self) -> dict[str, Any]:
        """What REST says of it."""
        complaint = self.complaint
        return {
            "team": complaint.team.slug,
            "status": complaint.status,
            "due_at": complaint.due_at if complaint.running else None,
            "late": complaint.late,
            "responded_at": complaint.responded_at,
            "settled_at": complaint.closed_at,
            "times_reopened": complaint.reopened_count,
        }


def complaints(topics: Iterable[Topic]) -> dict[uuid.UUID, ComplaintShown]:
    """The complaints among these topics, by topic id; one query."""
    by_id = {topic.pk: topic for topic in topics}
    found = Complaint.objects.filter(pk__in=by_id).select_related("team")
    return {complaint.pk: ComplaintShown(complaint, by_id[complaint.pk]) for complaint in found}


def complaint_of(topic: Topic, member: Any) -> ComplaintShown | None:
    """The complaint of one topic with its steps and what `member` may do; None if it is none."""
    shown = complaints([topic]).get(topic.pk)
    if shown is None:
        return None
    complaint = shown.complaint
    author = member.is_authenticated and topic.author_id == member.pk
    steps = Step.objects.filter(complaint=complaint).select_related("team", "by").order_by("pk")
    return ComplaintShown(
        complaint=complaint,
        topic=topic,
        may_respond=topic.is_published and speaks_for(member, complaint),
        may_settle=bool(author and topic.is_published and complaint.status not in {Status.OPEN, Status.WORKING}),
        steps=tuple(steps[:100]),
    )
