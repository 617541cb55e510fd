"""What members are told of the events of the apps to the left."""

import uuid

from community.members.models import Member
from community.notifications import announcing, erasing
from community.notifications.noticing import tell
from community.outbox.events import Event, handles


def _id(event: Event, name: str) -> uuid.UUID:
    return uuid.UUID(event.payload[name])


@handles("member.followed")
def tell_followed(event: Event) -> None:
    member = _id(event, "member")
    tell(
        kind="follow", to=[member], target=("member", member), source=("member", _id(event, "by")), by=_id(event, "by")
    )


@handles("announcement.made")
def tell_everyone(event: Event) -> None:
    announcing.tell_portion(announcement_id=_id(event, "announcement"), after=event.payload.get("after", ""))


@handles("member.erased")
def forget_member(event: Event) -> None:
    member = Member.objects.filter(pk=_id(event, "member")).first()
    if member is not None:
        erasing.forget(member=member)
