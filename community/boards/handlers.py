"""What boards do when something happened elsewhere."""

from django.db.models import Exists, OuterRef

from community.boards.models import TopicSubject
from community.outbox.events import Event, handles


@handles("subject.merged")
def follow_merged_subject(event: Event) -> None:
    """Topics about a subject that was merged away are about the one that took its place."""
    lost, kept = event.payload["subject"], event.payload["into"]
    rows = TopicSubject.objects.filter(subject=lost)
    already = TopicSubject.objects.filter(topic=OuterRef("topic"), subject=kept)
    rows.filter(Exists(already)).delete()
    rows.update(subject=kept)
