"""Rows for the admin pages of this app."""

import datetime as dt
import itertools

from community.complaints.models import Holiday, Mail
from community.foundation import clock
from tests.admin.rows import rows
from tests.factories.complaints import a_complaint, a_desk

_numbers = itertools.count(1)


@rows("community_complaints.Complaint")
def _complaint() -> None:
    a_complaint()


@rows("community_complaints.Desk")
def _desk() -> None:
    a_desk()


@rows("community_complaints.Holiday")
def _holiday() -> None:
    Holiday.objects.create(date=dt.date(2030, 1, 1) + dt.timedelta(days=next(_numbers)), name="Rest")


@rows("community_complaints.Mail")
def _mail() -> None:
    Mail.objects.create(
        message_id=f"<{next(_numbers)}@example.org>",
        sender="a@example.org",
        subject="The kettle leaks",
        body="Since Monday.",
        state=Mail.State.HELD,
        reason=Mail.Reason.NO_DESK,
        received_at=clock.now(),
    )
