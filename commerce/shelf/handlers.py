from uuid import UUID

from commerce.shelf import inviting, shelving, vouching
from community.outbox.events import Event, handles
from community.reviews.models import Review


@handles("order.delivered")
def shelve(event: Event) -> None:
    """What arrived is on the shelf, and a review of it will be asked for."""
    order = UUID(event.payload["order"])
    shelving.put_order(order)
    inviting.plan(order)


@handles("order.purchase_confirmed", "order.received", "order.refunded", "order.replaced")
def vouch_for_order(event: Event) -> None:
    vouching.settle_order(UUID(event.payload["order"]))


@handles("review.published", "review.restored")
def vouch_for_review(event: Event) -> None:
    review = Review.objects.filter(pk=event.payload["review"], author__isnull=False).first()
    if review is not None and review.author_id is not None:
        vouching.settle(review.author_id, {review.subject_id})


@handles("subject.merged")
def vouch_after_merge(event: Event) -> None:
    """Reviews of both are now of one: who bought either has bought it."""
    vouching.settle_subject(UUID(event.payload["into"]))
