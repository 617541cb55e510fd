"""What publishing and editing share: checking, rendering and indexing the words of a review."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from community.foundation import markdown
from community.foundation.analyser import search_document
from community.foundation.characters import tidy
from community.members import allowances
from community.reviews.errors import OutOfScale, TooLong, TooManyPhotos, UnknownAspect, UnknownPhoto
from community.reviews.models import LONGEST, MOST_PHOTOS, AspectRating, Review, ReviewPhoto
from community.subjects.categories import aspects_of
from community.subjects.models import Subject
from community.uploads import binding
from community.uploads.models import Upload


def checked_rating(rating: int) -> int:
    """Raises OutOfScale."""
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 5:
        raise OutOfScale(field="rating")
    return rating


def put_words(review: Review, source: str, *, by: Any) -> None:
    """Set source and html; links that were not there before are spent as those of posts. Raises TooLong, TooMany."""
    source = tidy(source).strip()
    if len(source) > LONGEST:
        raise TooLong(field="body")
    before, rendered = markdown.render(review.source), markdown.render(source)
    added = set(rendered.links) - set(before.links)
    if added:
        allowances.spend(member=by, act="link", amount=len(added))
    review.source, review.html = source, rendered.html
    review.renderer = markdown.VERSION


def index(review: Review) -> None:
    """Bring the search column up to date, for words only: ratings alone are not searched."""
    literal = search_document((review.source, "C"))
    Review.objects.filter(pk=review.pk).update(search=Cast(Value(literal), SearchVectorField()))


def put_aspects(review: Review, subject: Subject, scores: Mapping[str, int]) -> None:
    """Replace the aspect ratings. Raises UnknownAspect for one that is not rated in this category, OutOfScale."""
    known = {aspect.slug: aspect for aspect in aspects_of(subject.category)}
    if set(scores) - set(known):
        raise UnknownAspect(field="aspects")
    rows = [
        AspectRating(review=review, aspect=known[slug], score=checked_rating(score)) for slug, score in scores.items()
    ]
    AspectRating.objects.filter(review=review).delete()
    AspectRating.objects.bulk_create(rows)


def put_photos(review: Review, photos: Sequence[uuid.UUID], by: Any) -> None:
    """Show these pictures of the member's own, in this order. Raises TooManyPhotos, UnknownPhoto."""
    ids = list(dict.fromkeys(photos))
    if len(ids) > MOST_PHOTOS:
        raise TooManyPhotos(field="photos")
    if Upload.objects.pictures().filter(pk__in=ids, owner=by).count() != len(ids):
        raise UnknownPhoto(field="photos")
    ReviewPhoto.objects.filter(review=review).delete()
    ReviewPhoto.objects.bulk_create(
        ReviewPhoto(review=review, upload_id=upload, position=place) for place, upload in enumerate(ids, 1)
    )
    binding.bind(by=by, ids=ids, target=review)
    binding.unbind(target=review, ids=binding.bound_to(review) - set(ids))
