"""What this app does when something has happened elsewhere."""

from uuid import UUID

from community.members import allowances, exporting, leaving
from community.members.models import Member
from community.outbox.events import Event, handles


@handles("export.asked")
def make_archive(event: Event) -> None:
    exporting.make_archive(export_id=event.payload["export"])


@handles("member.leaving")
def erase(event: Event) -> None:
    leaving.erase(member_id=event.payload["member"])


THANKS = (("member", "thanked"), ("by", "thanks"))


@handles("reaction.given")
def count_thanks(event: Event) -> None:
    """Trust levels read how much thanks a member gave and received: one for each post and member who reacts to it."""
    if event.payload.get("first", True):
        for key, act in THANKS:
            _note(event.payload.get(key), act)


@handles("reaction.taken")
def uncount_thanks(event: Event) -> None:
    """Given and taken back over and over, it stays what it is at the end."""
    for key, act in THANKS:
        if event.payload.get(key):
            allowances.take_back(member_id=UUID(event.payload[key]), act=act)


def _note(member_id: str | None, act: str) -> None:
    if member_id and Member.objects.filter(pk=member_id, erased_at=None).exists():
        allowances.note(member_id=member_id, act=act)
