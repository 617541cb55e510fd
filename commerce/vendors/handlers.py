import uuid

from commerce.vendors.models import Vendor
from community.members.models import TeamMember
from community.notifications.noticing import tell
from community.outbox.events import Event, handles


@handles("vendor.decided")
def tell_staff(event: Event) -> None:
    """Everyone who works there, by notice and by letter."""
    vendor = Vendor.objects.filter(pk=event.payload["vendor"]).first()
    if vendor is None:
        return
    staff = TeamMember.objects.filter(team=vendor.team_id).values_list("member_id", flat=True)
    step, version = event.payload["step"], event.payload["version"]
    source = ("vendor_decision", uuid.uuid5(vendor.pk, f"{step} {version}"))
    tell(kind=f"vendor_{step}", to=staff, target=("vendor", vendor.pk), source=source)
