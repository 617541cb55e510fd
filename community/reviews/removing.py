"""Removing a review, and bringing it back. The row stays; readers, scores, digests and search lose it at once."""

from typing import Any

from django.db import transaction

from community.foundation import clock
from community.foundation.guest_cache import forget_guests_pages
from community.foundation.problems import Refused
from community.members import standing
from community.outbox import events as outbox
from community.reviews import digest, tallies
from community.reviews.editing import review_for_change
from community.reviews.errors import HasWords, NotYourReview
from community.reviews.models import Review
from community.subjects.models import Subject


@transaction.atomic
def remove_review(*, target: Review, by: Any, reason: str = "") -> Review:
    """Take a review down: its author may, and moderators. Again is no fault.

    Raises NotYourReview for anyone else.
    """
    row = review_for_change(target)
    own = row.author_id == by.pk
    if not own and not by.moderates_somewhere:
        raise NotYourReview
    if row.removed_at is not None and (own or row.removed_by_id != row.author_id):
        return row
    before = tallies.footprint(row)
    row.removed_at, row.removed_by, row.removal_reason = clock.now(), by, reason[:200]
    row.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    tallies.shift(row.subject_id, before=before, after=tallies.footprint(row))
    digest.forget(row)
    if not own:
        forget_guests_pages()
    _tell("review.removed", row, by)
    return row


@transaction.atomic
def withdraw_rating(*, by: Any, subject: Subject) -> None:
    """Take one's rating back; without one nothing happens. Raises HasWords for a review."""
    own = Review.objects.filter(subject=subject, author=by, removed_at=None).first()
    if own is None:
        return
    if review_for_change(own).source:  # words may have come since
        raise HasWords
    remove_review(target=own, by=by)


@transaction.atomic
def restore_review(*, target: Review, by: Any, reason: str = "") -> Review:
    """Show a removed review again. Moderators may; the author, while they have a voice, only their own deletion.

    Raises Refused.
    """
    row = review_for_change(target)
    undoes_own = row.removed_by_id == row.author_id == by.pk
    if not by.moderates_somewhere and not undoes_own:
        raise Refused
    if not by.moderates_somewhere:
        standing.require_voice(by)
    if row.removed_at is None:
        return row
    row.removed_at, row.removed_by, row.removal_reason = None, None, ""
    row.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    tallies.shift(row.subject_id, before={}, after=tallies.footprint(row))
    _tell("review.restored", row, by)
    return row


def _tell(topic: str, row: Review, by: Any) -> None:
    payload = {"review": str(row.pk), "subject": str(row.subject_id), "by": str(by.pk)}
    outbox.publish(topic=topic, key=str(row.subject_id), payload=payload)
