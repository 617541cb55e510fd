"""What the clock brings about by itself."""

from django.db import transaction

from community.complaints import conf
from community.complaints.models import Complaint, Mail
from community.foundation import clock
from community.outbox.events import publish


@transaction.atomic
def tell_late(*, most: int = 200) -> int:
    """Say once of each complaint that its answer is late; gives how many."""
    late = Complaint.objects.late_at(clock.now()).filter(late_told_at=None).order_by("due_at")
    rows = list(late.select_for_update(skip_locked=True)[:most])
    for complaint in rows:
        complaint.late_told_at = clock.now()
        complaint.save(update_fields=["late_told_at"])
        payload = {"topic": str(complaint.pk), "team": str(complaint.team_id)}
        publish(topic="complaint.late", key=str(complaint.pk), payload=payload)
    return len(rows)


def forget_old_mail() -> int:
    """Empty the text of letters that were decided on long ago; the row stays, so that a repeat is still known."""
    old = (
        Mail.objects.exclude(state=Mail.State.HELD).filter(received_at__lt=clock.now() - conf.HELD_FOR).exclude(body="")
    )
    return old.update(body="")
