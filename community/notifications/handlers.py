"""What members are told of the events of the apps to the left."""

import uuid

from community.members.models import Member
from community.notifications import announcing, board_handlers, erasing, team_handlers
from community.notifications.noticing import tell
from community.outbox.events import Event, handles
from community.reading.models import Bookmark

# The handlers of these modules are found by being imported here.
TOPICS, TEAMS = board_handlers.__name__, team_handlers.__name__


@handles("member.followed")
def tell_followed(event: Event) -> None:
    member, by = uuid.UUID(event.payload["member"]), uuid.UUID(event.payload["by"])
    tell(kind="follow", to=[member], target=("member", member), source=("member", by), by=by)


@handles("bookmark.due")
def remind(event: Event) -> None:
    """Of what is still kept; a reminder that was put off meanwhile comes at its new time."""
    kept = Bookmark.objects.filter(pk=event.payload["bookmark"], reminded_at__isnull=False).first()
    if kept is not None and kept.remind_at is not None:
        source = "reminder", uuid.uuid5(kept.pk, kept.remind_at.isoformat())
        tell(kind="bookmark", to=[kept.member_id], target=(kept.target_kind, kept.target_id), source=source)


@handles("announcement.made")
def tell_everyone(event: Event) -> None:
    announcing.tell_portion(
        announcement_id=uuid.UUID(event.payload["announcement"]), after=event.payload.get("after", "")
    )


@handles("member.erased")
def forget_member(event: Event) -> None:
    member = Member.objects.filter(pk=event.payload["member"]).first()
    if member is not None:
        erasing.forget(member=member)
