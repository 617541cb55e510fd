"""Who liked this also liked: subjects that members who rated this one 4 or 5 rated so too.

A simple count of what people agree on; what suits one person is for the recommendations.
"""

import math
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from community.reviews.models import LIKED, Review
from community.subjects.models import Subject

PEOPLE = 200  # the latest who liked it
FEWEST = 2
CANDIDATES = 200  # subjects weighed: those that most of these people like


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
    visible = Subject.objects.visible_to(viewer).exclude(pk=subject.pk).select_related("category", "picture")
    shared = _shared_likes(people, subject) if people else {}
    likes = visible.filter(pk__in=shared).values_list("pk", "rating_4", "rating_5")
    weights = {pk: shared[pk] / math.sqrt(four + five + 1) for pk, four, five in likes}
    best_shared = sorted(weights, key=lambda pk: (-weights[pk], pk))[:limit]
    by_id = visible.in_bulk(best_shared)
    found = [Related(by_id[pk], shared[pk], len(people)) for pk in best_shared if pk in by_id]
    if len(found) < limit:
        known = [one.subject.pk for one in found]
        best = visible.filter(category=subject.category_id).exclude(pk__in=known).order_by("-score", "-id")
        found += [Related(row, 0, len(people)) for row in best[: limit - len(found)]]
    return found


def _shared_likes(people: list[uuid.UUID], subject: Subject) -> dict[uuid.UUID, int]:
    """How many of `people` like each of the CANDIDATES subjects that most of them like. The index `reviews_liked_by`
    alone answers it."""
    liked = Review.objects.counted().filter(author__in=people, rating__gte=LIKED).exclude(subject=subject)
    counted = liked.order_by().values("subject").annotate(number=Count("*")).filter(number__gte=FEWEST)
    return dict(counted.order_by("-number", "subject").values_list("subject", "number")[:CANDIDATES])
