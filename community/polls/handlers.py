from community.outbox.events import Event, handles
from community.polls.models import Ballot


@handles("member.erased")
def cut_ballots_of_erased(event: Event) -> None:
    """Their votes still count; whose they were is forgotten."""
    Ballot.objects.filter(member_id=event.payload["member"]).update(member=None)
