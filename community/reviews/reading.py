"""Reviews as people read them: filtered, ordered, with everything a page shows of each, in a constant number of
queries."""

import datetime as dt
import functools
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, Prefetch, Q, Subquery

from community.foundation import prepared
from community.foundation.problems import Invalid, NotThere
from community.reviews.models import (
    AspectRating,
    DigestEvidence,
    HelpfulVote,
    Reply,
    Review,
    ReviewPhoto,
    ReviewQuerySet,
)
from community.subjects.models import Aspect, Subject


@dataclass(frozen=True)
class Choice:
    """Which reviews of a subject are asked for."""

    rating: int | None = None
    verified: bool | None = None
    photos: bool = False
    line: uuid.UUID | None = None
    begin: dt.datetime | None = None
    end: dt.datetime | None = None

    def narrow(self, rows: ReviewQuerySet) -> ReviewQuerySet:
        if self.rating is not None:
            rows = rows.filter(rating=self.rating)
        if self.verified is not None:
            rows = rows.exclude(verified_by="") if self.verified else rows.filter(verified_by="")
        if self.photos:
            rows = rows.filter(Exists(ReviewPhoto.objects.filter(review=OuterRef("pk"))))
        if self.line is not None:
            rows = rows.filter(Exists(DigestEvidence.objects.filter(review=OuterRef("pk"), line=self.line)))
        if self.begin is not None:
            rows = rows.filter(published_at__gte=self.begin)
        return rows.filter(published_at__lt=self.end) if self.end is not None else rows


def reviews_of(subject: Subject, viewer: Any, choice: Choice | None = None) -> ReviewQuerySet:
    """The reviews with words that `viewer` may read, with all that is shown of each."""
    rows = Review.objects.visible_to(viewer).with_words().filter(subject=subject, removed_at=None)
    return dressed((choice or Choice()).narrow(rows), viewer)


def dressed(rows: ReviewQuerySet, viewer: Any) -> ReviewQuerySet:
    """With author, aspects, photos, replies and the viewer's own vote (`my_vote`)."""
    rows = rows.select_related("author", "subject").prefetch_related(
        Prefetch("aspect_ratings", AspectRating.objects.select_related("aspect").order_by("aspect__position")),
        Prefetch("photos", ReviewPhoto.objects.select_related("upload")),
        Prefetch("replies", Reply.objects.select_related("team").order_by("published_at", "id")),
    )
    votes: Any = HelpfulVote.objects.none()
    if getattr(viewer, "is_authenticated", False):
        votes = HelpfulVote.objects.filter(review=OuterRef("pk"), member=viewer).values("helpful")[:1]
    return rows.annotate(my_vote=Subquery(votes, output_field=BooleanField(null=True)))


def find_review(review_id: uuid.UUID, viewer: Any) -> Review:
    """One review. Raises NotThere if it is gone or not for `viewer` to read."""
    found = dressed(Review.objects.visible_to(viewer), viewer).filter(pk=review_id).first()
    if found is None:
        raise NotThere
    return found


def own_review(subject: Subject, member: Any) -> Review | None:
    """What the member said of the subject and did not take back."""
    if not getattr(member, "is_authenticated", False):
        return None
    return Review.objects.filter(subject=subject, author=member, removed_at=None).first()


def has_marks(subject: Subject, member: Any) -> bool:
    """Whether the member wrote a review of the subject, or voted on one."""
    build = functools.partial(_marked, member)
    return bool(prepared.rows("reviews marked by a member", build, by=member.pk, subject_id=subject.pk))


def _marked(member: Any, subject_id: uuid.UUID) -> Any:
    votes = HelpfulVote.objects.filter(review=OuterRef("pk"), member=member)
    rows = Review.objects.filter(subject=subject_id)
    return rows.filter(Q(author=member) | Exists(votes)).order_by().values_list("pk", flat=True)[:1]


@dataclass(frozen=True)
class AspectMean:
    """The mean of one aspect over the reviews that rate it."""

    name: str
    mean: float
    number: int


def aspect_means(subject: Subject) -> list[AspectMean]:
    """The means of all aspects that were rated, in the category's order."""
    spoken = AspectRating.objects.filter(review__in=Review.objects.counted().filter(subject=subject))
    sums: dict[Any, list[int]] = {}
    names: dict[Any, str] = {}
    grouped = spoken.order_by("aspect__position", "aspect__slug", "score")
    columns = grouped.values_list("aspect", "aspect__name", "aspect__name_ko", "score")
    for aspect, name, name_ko, score, number in columns.annotate(number=Count("pk")):
        names[aspect] = Aspect(name=name, name_ko=name_ko).shown_name
        total = sums.setdefault(aspect, [0, 0])
        total[0] += score * number
        total[1] += number
    return [AspectMean(names[pk], total / number, number) for pk, (total, number) in sums.items()]


def chosen(given: dict[str, str]) -> Choice:
    """A choice from a page's query; a rating that is none is left out. Raises Invalid for a line or month that is none."""
    rating = given.get("rating", "")
    try:
        line = uuid.UUID(given["line"]) if given.get("line") else None
    except ValueError as error:
        raise Invalid(field="line") from error
    begin, end = _month(given.get("from", "")), _month(given.get("until", ""))
    return Choice(
        rating=int(rating) if rating in {"1", "2", "3", "4", "5"} else None,
        verified=True if given.get("verified") else None,
        photos=bool(given.get("photos")),
        line=line,
        begin=begin,
        end=end,
    )


def _month(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC) if text else None
    except ValueError as error:
        raise Invalid(field="from") from error
