"""The photos of a subject's reviews, looked at apart from their words."""

import uuid
from typing import Any

from community.foundation.problems import NotThere
from community.reviews.models import Review, ReviewPhoto
from community.subjects.models import Subject

STRIP = 12


def photos_of(subject: Subject, viewer: Any) -> Any:
    """The photos of the reviews that `viewer` may read, with what is shown of each."""
    reviews = Review.objects.visible_to(viewer).filter(subject=subject, removed_at=None)
    rows = ReviewPhoto.objects.filter(review__in=reviews)
    return rows.select_related("upload", "review__author", "review__subject")


def strip(subject: Subject, viewer: Any) -> list[ReviewPhoto]:
    """The newest, for the top of the reviews; one more than STRIP if there are more to see."""
    return list(photos_of(subject, viewer).order_by("-id")[: STRIP + 1])


def find_photo(review_id: uuid.UUID, position: int, viewer: Any) -> ReviewPhoto:
    """The photo at this place of a review. Raises NotThere if it is gone or not for `viewer` to see."""
    rows = ReviewPhoto.objects.filter(review__in=Review.objects.visible_to(viewer), review=review_id, position=position)
    found = rows.select_related("upload", "review__author", "review__subject").first()
    if found is None:
        raise NotThere
    return found


def neighbours(photo: ReviewPhoto, viewer: Any) -> tuple[ReviewPhoto | None, ReviewPhoto | None]:
    """The photos before and after this one on the page of all photos."""
    rows = photos_of(photo.review.subject, viewer)
    return (
        rows.filter(pk__gt=photo.pk).order_by("id").first(),
        rows.filter(pk__lt=photo.pk).order_by("-id").first(),
    )
