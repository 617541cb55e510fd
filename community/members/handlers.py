"""What this app does when something has happened elsewhere."""

from community.members import allowances, exporting, leaving
from community.members.models import Member
from community.outbox.events import Event, handles


@handles("export.asked")
def make_archive(event: Event) -> None:
    exporting.make_archive(export_id=event.payload["export"])


@handles("member.leaving")
def erase(event: Event) -> None:
    leaving.erase(member_id=event.payload["member"])


@handles("reaction.given")
def count_thanks(event: Event) -> None:
    """Trust levels read how much thanks a member gave and received."""
    for key, act in (("member", "thanked"), ("by", "thanks")):
        _note(event.payload.get(key), act)


def _note(member_id: str | None, act: str) -> None:
    if member_id and Member.objects.filter(pk=member_id, erased_at=None).exists():
        allowances.note(member_id=member_id, act=act)
