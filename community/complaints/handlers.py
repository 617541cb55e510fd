from community.boards.models import Topic
from community.boards.models.places import Kind
from community.complaints.opening import open_complaint
from community.outbox.events import Event, handles


@handles("topic.moved")
def make_it_a_complaint(event: Event) -> None:
    """A topic that comes to a complaint board gets an owner and a clock."""
    topic = Topic.objects.filter(pk=event.payload["topic"], board__kind=Kind.COMPLAINT).select_related("author").first()
    if topic is not None:
        open_complaint(topic=topic, by=topic.author)
