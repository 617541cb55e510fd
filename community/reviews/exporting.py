"""Every rating of a subject, so that anyone can compute its score again."""

from collections.abc import Iterator
from typing import Any

from community.reviews.models import Incentive, Review
from community.reviews.tallies import counts
from community.subjects.models import Subject
from community.subjects.scoring import Explanation

HEADS = ("review", "rating", "published_at", "counts", "why_not")


class Echo:
    """A file that gives back what is written to it, for streaming CSV."""

    def write(self, value: str) -> str:
        return value


def rows(subject: Subject) -> Iterator[tuple[Any, ...]]:
    """HEADS, then one row a rating, oldest first. Removed ratings are named by id and not told; no author is."""
    yield HEADS
    every = Review.objects.filter(subject=subject).order_by("published_at", "id")
    for review in every.only("rating", "published_at", "removed_at", "incentive").iterator(2000):
        yield (
            str(review.pk),
            review.rating if review.removed_at is None else "",
            review.published_at.isoformat(),
            "yes" if counts(review) else "no",
            _why_not(review),
        )


def _why_not(review: Review) -> str:
    if review.removed_at is not None:
        return "removed"
    return "" if review.incentive == Incentive.NONE else f"rewarded: {review.incentive}"


def document(subject: Subject, why: Explanation) -> dict[str, Any]:
    """The ratings with the formula, its inputs and the published score; numbers as strings where they are exact."""
    _heads, *every = rows(subject)
    return {
        "subject": subject.slug,
        "formula": why.formula,
        "C": why.weight,
        "m": str(why.prior_mean),
        "score": None if why.score is None else str(why.score),
        "ratings": [dict(zip(HEADS, row, strict=True)) for row in every],
    }
