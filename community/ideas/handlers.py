from community.boards.models import Topic
from community.boards.models.places import Kind
from community.ideas.proposing import propose
from community.ideas.scoring import settle_score
from community.ideas.voting import forget_votes
from community.outbox.events import Event, handles


@handles("topic.moved")
def count_scores_anew(event: Event) -> None:
    for name in ("topic", "from"):
        if event.payload.get(name):
            settle_score(topic_id=event.payload[name])


@handles("topic.moved")
def make_it_an_idea(event: Event) -> None:
    """A topic that comes to an idea board can be voted for."""
    topic = Topic.objects.filter(pk=event.payload["topic"], board__kind=Kind.IDEA).first()
    if topic is not None:
        propose(topic=topic)


@handles("member.erased")
def forget_votes_of_erased(event: Event) -> None:
    while forget_votes(member_id=event.payload["member"]):
        pass
