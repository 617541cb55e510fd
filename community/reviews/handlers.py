"""What follows from events: digests are written anew."""

import datetime as dt
import uuid

from community.foundation import clock
from community.outbox.events import Event, handles
from community.reviews import digest
from community.reviews.models import DigestLine
from community.subjects.models import Subject

SMALL = 200  # up to here every review renews the digest; beyond, at most every ten minutes
PAUSE = dt.timedelta(minutes=10)


@handles("review.published", "review.edited", "review.removed", "review.restored")
def renew_digest(event: Event) -> None:
    """Write the digest of the review's subject anew, unless it is large and fresh."""
    subject = Subject.objects.filter(pk=event.payload["subject"]).only("review_count").first()
    if subject is None:
        return
    fresh = DigestLine.objects.filter(subject=subject, computed_at__gt=clock.now() - PAUSE).exists()
    if subject.review_count <= SMALL or not fresh:
        digest.compute(subject.pk)


@handles("subject.merged")
def renew_digest_of_winner(event: Event) -> None:
    digest.compute(uuid.UUID(event.payload["into"]))
