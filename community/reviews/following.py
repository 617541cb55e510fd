"""Reviews follow their subject when it is merged into another."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from community.foundation import clock
from community.reviews import digest
from community.reviews.models import Incentive, Review
from community.subjects.models import Subject


def follow(loser: Subject, winner: Subject, by: Any) -> None:
    """Move the reviews of `loser` to `winner`. Of a member who reviewed both, the later one stands on the winner and
    the earlier one becomes its history; the moved rows' subjects are locked by the merge."""
    twins = Review.objects.filter(subject=winner, author=OuterRef("author")).values("pk")[:1]
    doubled = Review.objects.filter(subject=loser, author__isnull=False).annotate(twin=Subquery(twins))
    for review in doubled.filter(twin__isnull=False).order_by("pk"):
        _settle(review, Review.objects.get(pk=review.twin), by)
    Review.objects.filter(subject=loser).exclude(removal_reason=DOUBLED).update(subject=winner)
    digest.forget_subject(loser)
    for subject in (loser, winner):
        recount(subject)


DOUBLED = "doubled by a merge"


def _settle(lost: Review, kept: Review, by: Any) -> None:
    """Two reviews of one member meet: the standing, later one gives the words; both remain readable."""
    newer_lost = (lost.removed_at is None, lost.published_at) > (kept.removed_at is None, kept.published_at)
    older = kept if newer_lost else lost
    kept.revisions.create(number=kept.version, rating=older.rating, source=older.source, written_at=older.published_at)
    kept.version += 1
    if newer_lost:
        for field in ("rating", "source", "html", "renderer", "published_at", "removed_at", "removed_by", "incentive"):
            setattr(kept, field, getattr(lost, field))
    kept.save()
    lost.removed_at, lost.removed_by, lost.removal_reason = lost.removed_at or clock.now(), by, DOUBLED
    lost.save(update_fields=["removed_at", "removed_by", "removal_reason"])


def recount(subject: Subject) -> None:
    """Write the true counters of one subject, whose lock is held."""
    rows = Review.objects.filter(subject=subject, removed_at=None)
    plain = Q(incentive=Incentive.NONE)
    true = rows.aggregate(
        **{f"rating_{star}": Count("pk", filter=plain & Q(rating=star)) for star in range(1, 6)},
        review_count=Count("pk", filter=~Q(source="")),
    )
    Subject.objects.filter(pk=subject.pk).update(**true)
