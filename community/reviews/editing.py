"""Editing a review: what it said before stays readable."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from community.foundation.problems import NotThere, Stale
from community.members import allowances, standing
from community.outbox import events as outbox
from community.reviews import digest, tallies, writing
from community.reviews.errors import NotYourReview, TakenDown
from community.reviews.models import Review
from community.reviews.publishing import remember
from community.subjects.locks import subject_for_change


@transaction.atomic
def edit_review(
    *,
    by: Any,
    review: Review,
    rating: int | None = None,
    source: str | None = None,
    aspects: Mapping[str, int] | None = None,
    photos: Sequence[uuid.UUID] | None = None,
    version: int | None = None,
) -> Review:
    """Change what is given; nothing given or nothing different changes nothing.

    Raises NotYourReview, TakenDown, Stale if `version` is not the present one, and what publish_review raises.
    """
    standing.require_voice(by)
    row = review_for_change(review)
    if row.author_id != by.pk:
        raise NotYourReview
    if row.removed_at is not None:
        raise TakenDown if row.removed_by_id != by.pk else NotThere
    if version is not None and version != row.version:
        raise Stale
    allowances.spend(member=by, act="edit")
    before = tallies.footprint(row)
    if _differs(row, rating, source, aspects):
        remember(row)
        row.rating = writing.checked_rating(rating) if rating is not None else row.rating
        if source is not None:
            writing.put_words(row, source, by=by)
            digest.forget(row)
        row.save()
        writing.index(row)
        if aspects is not None:
            writing.put_aspects(row, row.subject, aspects)
        tallies.shift(row.subject_id, before=before, after=tallies.footprint(row))
        outbox.publish(
            topic="review.edited",
            key=str(row.subject_id),
            payload={"review": str(row.pk), "subject": str(row.subject_id), "by": str(by.pk)},
        )
    if photos is not None:
        writing.put_photos(row, photos, by)
    row.refresh_from_db()
    return row


def review_for_change(review: Review) -> Review:
    """The review, locked after its subject. Raises NotThere if it is gone."""
    subject = subject_for_change(review.subject_id)
    row = Review.objects.select_for_update(of=("self",), no_key=True).filter(pk=review.pk, subject=subject).first()
    if row is None:
        raise NotThere
    row.subject = subject
    return row


def _differs(row: Review, rating: int | None, source: str | None, aspects: Mapping[str, int] | None) -> bool:
    if rating is not None and rating != row.rating:
        return True
    if source is not None and source.strip() != row.source:
        return True
    if aspects is None:
        return False
    return dict(aspects) != {one.aspect.slug: one.score for one in row.aspect_ratings.select_related("aspect")}
