from community.outbox.events import Event, handles
from community.reactions.reacting import forget_reactions


@handles("member.erased")
def take_back_reactions_of_erased(event: Event) -> None:
    while forget_reactions(member_id=event.payload["member"]):
        pass
