"""Whether a review helped. The votes decide its place among the others (ordering)."""

from typing import Any

from django.db import transaction
from django.db.models import F

from community.foundation.problems import NotThere
from community.members import allowances, standing
from community.outbox import events as outbox
from community.reviews.errors import OwnReview
from community.reviews.models import HelpfulVote, Review


@transaction.atomic
def vote_helpful(*, by: Any, review: Review, helpful: bool) -> Review:
    """Give or change one's vote; the same vote again changes nothing.

    Raises OwnReview, NotThere if the review is gone, Refused for members without voice, TooMany.
    """
    standing.require_voice(by)
    row = _locked(review)
    if row.author_id == by.pk:
        raise OwnReview
    vote = HelpfulVote.objects.filter(review=row, member=by).first()
    if vote is not None and vote.helpful == helpful:
        return row
    allowances.spend(member=by, act="reaction")
    if vote is None:
        HelpfulVote.objects.create(review=row, member=by, helpful=helpful)
        _count(row, helpful=helpful, by=1)
    else:
        HelpfulVote.objects.filter(pk=vote.pk).update(helpful=helpful)
        _count(row, helpful=helpful, by=1)
        _count(row, helpful=not helpful, by=-1)
    if helpful:
        payload = {"review": str(row.pk), "subject": str(row.subject_id), "by": str(by.pk)}
        outbox.publish(topic="review.helped", key=str(row.subject_id), payload=payload)
    row.refresh_from_db()
    return row


@transaction.atomic
def withdraw_vote(*, by: Any, review: Review) -> Review:
    """Take one's vote back; without one nothing happens. Raises NotThere if the review is gone."""
    row = _locked(review)
    vote = HelpfulVote.objects.filter(review=row, member=by).first()
    if vote is not None:
        vote.delete()
        _count(row, helpful=vote.helpful, by=-1)
        row.refresh_from_db()
    return row


def _locked(review: Review) -> Review:
    row = Review.objects.select_for_update(no_key=True).filter(pk=review.pk, removed_at=None).first()
    if row is None:
        raise NotThere
    return row


def _count(review: Review, *, helpful: bool, by: int) -> None:
    column = "helpful_count" if helpful else "unhelpful_count"
    Review.objects.filter(pk=review.pk).update(**{column: F(column) + by})
