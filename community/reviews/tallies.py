"""The counters on a subject that reviews change. The caller holds the subject's lock."""

import uuid

from django.db.models import F

from community.reviews.models import Incentive, Review
from community.subjects.models import Subject


def counts(review: Review) -> bool:
    """Whether the rating counts for the score: not removed, and not rewarded (Review.objects.counted())."""
    return review.removed_at is None and review.incentive == Incentive.NONE


def footprint(review: Review) -> dict[str, int]:
    """What this review adds to the columns of its subject."""
    adds: dict[str, int] = {}
    if counts(review):
        adds[f"rating_{review.rating}"] = 1
    if review.removed_at is None and review.source:
        adds["review_count"] = 1
    return adds


def shift(subject_id: uuid.UUID, *, before: dict[str, int], after: dict[str, int]) -> None:
    """Replace one footprint by another."""
    moved = {name: after.get(name, 0) - before.get(name, 0) for name in {*before, *after}}
    changes = {name: F(name) + by for name, by in moved.items() if by}
    if changes:
        Subject.objects.filter(pk=subject_id).update(**changes)
