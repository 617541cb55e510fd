from uuid import UUID

from commerce.changes import crediting
from commerce.changes.models import Cause, SourceKind
from community.boards.models import Topic
from community.boards.models.topics import State
from community.outbox.events import Event, handles
from community.reviews.models import Review


@handles("change.credited")
def tell_author(event: Event) -> None:
    crediting.tell_author(UUID(event.payload["cause"]))


@handles("change.credited")
def reward_author(event: Event) -> None:
    cause = Cause.objects.filter(pk=event.payload["cause"]).first()
    if cause is not None:
        crediting.reward_author((cause.source_kind, cause.source_id))


@handles("review.removed")
def withdraw_review(event: Event) -> None:
    if Review.objects.filter(pk=event.payload["review"]).exclude(removed_at=None).exists():
        crediting.withdraw_points(UUID(event.payload["review"]))


@handles("review.restored")
def reward_review(event: Event) -> None:
    crediting.reward_author((SourceKind.REVIEW, UUID(event.payload["review"])))


@handles("post.restored")
def reward_topic(event: Event) -> None:
    if Topic.objects.filter(pk=event.payload["topic"], state=State.PUBLISHED).exists():
        crediting.reward_author((SourceKind.TOPIC, UUID(event.payload["topic"])))
