"""Publishing a review, or giving a rating alone: one a member and subject."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from community.foundation import clock
from community.members import allowances, standing
from community.outbox import events as outbox
from community.reviews import tallies, writing
from community.reviews.errors import AlreadyReviewed, OwnSubject, TakenDown
from community.reviews.models import Review
from community.subjects.editing import answers_for
from community.subjects.locks import subject_for_change
from community.subjects.models import Subject


@transaction.atomic
def publish_review(
    *,
    by: Any,
    subject: Subject,
    rating: int,
    source: str = "",
    aspects: Mapping[str, int] | None = None,
    photos: Sequence[uuid.UUID] = (),
) -> Review:
    """Publish a member's review (Markdown `source`, empty for a rating alone).

    A rating given before, without words, becomes this review; a review that its author had deleted comes back with
    the new words.

    Raises AlreadyReviewed, TakenDown if a moderator had removed it, OwnSubject for those who answer for the subject,
    OutOfScale, UnknownAspect, TooLong, Refused for members without voice, TooMany beyond the day's allowance.
    """
    standing.require_voice(by)
    rating = writing.checked_rating(rating)
    row = subject_for_change(subject.pk)
    _may_judge(by, row)
    review = _own_row(by, row)
    if review.source and review.removed_at is None:
        raise AlreadyReviewed
    allowances.spend(member=by, act="review")
    before = tallies.footprint(review) if not review._state.adding else {}
    review.rating, review.published_at = rating, clock.now()
    review.removed_at = review.removed_by = None
    writing.put_words(review, source, by=by)
    review.save()
    _finish(review, row, aspects, photos, by)
    tallies.shift(row.pk, before=before, after=tallies.footprint(review))
    _tell(review)
    review.refresh_from_db()
    return review


@transaction.atomic
def rate(*, by: Any, subject: Subject, score: int, on_card: bool = False) -> Review:
    """Give or change a rating alone; words written earlier stay as they are. One of a score card, which is counted
    as a whole, takes nothing from the day's allowance.

    Raises as publish_review, but never AlreadyReviewed.
    """
    standing.require_voice(by)
    score = writing.checked_rating(score)
    row = subject_for_change(subject.pk)
    _may_judge(by, row)
    review = _own_row(by, row)
    new = review._state.adding or review.removed_at is not None
    if not new and review.rating == score:
        return review
    if not on_card:
        allowances.spend(member=by, act="review")
    before = {} if review._state.adding else tallies.footprint(review)
    if review.source and review.removed_at is None:
        remember(review)
    if new:
        review.published_at, review.source, review.html = clock.now(), "", ""
    review.rating, review.removed_at, review.removed_by = score, None, None
    review.save()
    tallies.shift(row.pk, before=before, after=tallies.footprint(review))
    if new:
        _tell(review)
    review.refresh_from_db()
    return review


def remember(review: Review) -> None:
    """Keep what the review says now as a revision, before it changes; the review's lock is held."""
    aspects = {one.aspect.slug: one.score for one in review.aspect_ratings.select_related("aspect")}
    review.revisions.create(
        number=review.version,
        rating=review.rating,
        source=review.source,
        aspects=aspects,
        written_at=review.edited_at or review.published_at,
    )
    review.version += 1
    review.edited_at = clock.now()


def _may_judge(by: Any, subject: Subject) -> None:
    if answers_for(by, subject):
        raise OwnSubject


def _own_row(by: Any, subject: Subject) -> Review:
    """The member's review of the subject, locked, or a new one."""
    rows = Review.objects.select_for_update(of=("self",), no_key=True)
    review = rows.filter(subject=subject, author=by).first() or Review(subject=subject, author=by)
    if review.removed_at is not None and review.removed_by_id != review.author_id:
        raise TakenDown
    return review


def _finish(
    review: Review, subject: Subject, aspects: Mapping[str, int] | None, photos: Sequence[uuid.UUID], by: Any
) -> None:
    writing.index(review)
    writing.put_aspects(review, subject, aspects or {})
    writing.put_photos(review, photos, by)


def _tell(review: Review) -> None:
    payload = {"review": str(review.pk), "subject": str(review.subject_id), "by": str(review.author_id)}
    outbox.publish(topic="review.published", key=str(review.subject_id), payload=payload)
