"""The one who complained says whether the matter is settled."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from community.boards import locks
from community.complaints.errors import AuthorDecides, NothingToConfirm
from community.complaints.models import Complaint, Status
from community.complaints.opening import due_at
from community.complaints.responding import add_step, held
from community.foundation import clock
from community.members.standing import require_voice
from community.outbox.events import publish


@transaction.atomic
def settle(*, by: Any, topic_id: uuid.UUID, confirmed: bool, why: str = "") -> Complaint:
    """Confirm that the answer settles the matter, or reopen it: then the clock starts anew.

    A settled complaint can be reopened, a reopened one confirmed after all. Repeating changes nothing.
    Raises NotThere, AuthorDecides, TopicGone, NothingToConfirm while no answer was given, or
    Refused without voice.
    """
    require_voice(by)
    topic, complaint = held(by, topic_id)
    if topic.author_id != by.pk:
        raise AuthorDecides
    locks.require_open(topic)
    wanted = Status.CONFIRMED if confirmed else Status.REOPENED
    if complaint.status == wanted:
        return complaint
    if complaint.status in {Status.OPEN, Status.WORKING}:
        raise NothingToConfirm
    moment = clock.now()
    complaint.status = wanted
    complaint.closed_at = moment if confirmed else None
    if not confirmed:
        complaint.due_at, complaint.late_told_at = due_at(topic, moment), None
        complaint.reopened_count = F("reopened_count") + 1
    complaint.save(update_fields=["status", "closed_at", "due_at", "late_told_at", "reopened_count"])
    complaint.refresh_from_db(fields=["reopened_count"])
    add_step(complaint, by=by, text=why.strip()[:2000])
    payload = {"topic": str(topic.pk), "by": str(by.pk), "team": str(complaint.team_id), "status": wanted}
    publish(topic="complaint.settled" if confirmed else "complaint.reopened", key=str(topic.pk), payload=payload)
    return complaint
