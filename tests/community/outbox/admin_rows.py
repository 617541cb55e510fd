"""Rows for the admin pages of this app."""

from community.foundation import clock
from community.outbox.models import Delivery
from tests.admin.rows import rows


@rows("community_outbox.Delivery")
def _delivery() -> None:
    Delivery.objects.create(
        topic="t", key="k", handler="h", payload={}, state="dead", next_at=clock.now(), created_at=clock.now()
    )
