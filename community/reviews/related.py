"""Who liked this also liked: subjects that members who rated this one 4 or 5 rated so too.

A simple count of what people agree on; what suits one person is for the recommendations.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField
from django.db.models.functions import Cast, Sqrt

from community.reviews.models import Review
from community.subjects.models import Subject

LIKED = 4
PEOPLE = 200  # the latest who liked it
FEWEST = 2


@dataclass(frozen=True)
class Related:
    """A subject and how many of the people asked liked it too; 0 where it only stands in the same category."""

    subject: Subject
    number: int
    asked: int


def related_to(subject: Subject, viewer: Any, limit: int = 8) -> list[Related]:
    """Subjects liked by the same people, most telling first (shared likes over the root of all likes, the cosine of
    Salton); filled up with the best of the category."""
    likers = (
        Review.objects.counted()
        .filter(subject=subject, rating__gte=LIKED, author__isnull=False)
        .order_by("-published_at")
        .values_list("author", flat=True)[:PEOPLE]
    )
    people = list(likers)
    found: list[Related] = []
    visible = Subject.objects.visible_to(viewer).exclude(pk=subject.pk).select_related("category", "picture")
    if people:
        shared = dict(
            Review.objects.counted()
            .filter(author__in=people, rating__gte=LIKED)
            .exclude(subject=subject)
            .order_by()
            .values("subject")
            .annotate(number=Count("pk"), likes=F("subject__rating_4") + F("subject__rating_5"))
            .filter(number__gte=FEWEST)
            .annotate(
                weight=ExpressionWrapper(
                    Cast("number", FloatField()) / Sqrt(Cast("likes", FloatField()) + 1), output_field=FloatField()
                )
            )
            .order_by("-weight", "subject")
            .values_list("subject", "number")[:limit]
        )
        by_id = visible.in_bulk(list(shared))
        found = [Related(by_id[pk], number, len(people)) for pk, number in shared.items() if pk in by_id]
    if len(found) < limit:
        known = [one.subject.pk for one in found]
        best = visible.filter(category=subject.category_id).exclude(pk__in=known).order_by("-score", "-id")
        found += [Related(row, 0, len(people)) for row in best[: limit - len(found)]]
    return found
