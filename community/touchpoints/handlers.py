"""What this app does when something happened elsewhere."""

from community.outbox.events import Event, handles
from community.touchpoints.models import Touchpoint


@handles("member.erased")
def forget_member(event: Event) -> None:
    """Nothing that names a former member is kept."""
    Touchpoint.objects.filter(member=event.payload["member"]).delete()
