"""The score of a subject, and the answer to "why 4.3?".

    score = (C × m + sum of ratings) / (C + number of ratings),   C = 10

m is the mean rating in the subject's category, so that one first rating of 5 does not put a newcomer above what
hundreds know well (the Bayesian mean, as used by IMDb and others). The database computes the score from the counters;
`refresh_priors` renews m. Removed ratings and rewarded ones do not count; nothing else is weighed.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from community.foundation import clock
from community.subjects.models import NEUTRAL_PRIOR, PRIOR_WEIGHT, Category, Subject

ENOUGH = 30  # ratings that a category's own mean must rest on; else the category above it lends its mean
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Explanation:
    """Everything a reader needs to compute the score again."""

    score: Decimal | None
    raw_mean: Decimal | None
    count: int
    total: int
    stars: dict[int, int]
    weight: int
    prior_mean: Decimal
    category: Category
    formula: str = "(C * m + sum) / (C + n)"


def bayesian(*, total: int, count: int, prior: Decimal, weight: int = PRIOR_WEIGHT) -> Decimal:
    """The formula in Python, which what the database computes is held to; rounds as it does."""
    return ((weight * prior + total) / (weight + count)).quantize(THOUSANDTH, ROUND_HALF_UP)


def explain(subject: Subject) -> Explanation:
    """The score with its inputs, from the subject's own columns."""
    count = subject.rating_count
    raw = (Decimal(subject.rating_sum) / count).quantize(THOUSANDTH, ROUND_HALF_UP) if count else None
    return Explanation(
        score=subject.shown_score,
        raw_mean=raw,
        count=count,
        total=subject.rating_sum,
        stars=subject.stars,
        weight=PRIOR_WEIGHT,
        prior_mean=subject.prior_mean,
        category=subject.category,
    )


@transaction.atomic
def refresh_priors() -> int:
    """Renew the mean rating of every category and let the scores of its subjects lean on it; gives the number of
    subjects whose score moved."""
    categories = list(Category.objects.select_for_update().order_by("pk"))
    own: dict[Any, tuple[int, int]] = {
        row["category"]: (row["points"], row["ratings"])
        for row in Subject.objects.filter(merged_into=None)
        .order_by()
        .values("category")
        .annotate(points=Sum("rating_sum"), ratings=Sum("rating_count"))
    }
    by_path = {category.path: category for category in categories}
    moment = clock.now()
    for category in sorted(categories, key=lambda row: len(row.path)):
        _lean(category, categories, own, by_path)
        category.prior_at = moment
    Category.objects.bulk_update(categories, ["prior_mean", "prior_count", "prior_from", "prior_at"])
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE community_subjects_subject AS s SET prior_mean = c.prior_mean
               FROM community_subjects_category AS c
               WHERE c.id = s.category_id AND s.prior_mean <> c.prior_mean"""
        )
        return cursor.rowcount


def _lean(
    category: Category, every: list[Category], own: dict[Any, tuple[int, int]], by_path: dict[str, Category]
) -> None:
    below = [own.get(row.pk, (0, 0)) for row in every if row.path.startswith(category.path)]
    points, ratings = sum(p for p, _n in below), sum(n for _p, n in below)
    if ratings >= ENOUGH:
        mean = (Decimal(points) / ratings).quantize(THOUSANDTH, ROUND_HALF_UP)
        category.prior_mean, category.prior_count, category.prior_from = mean, ratings, category
        return
    above = by_path.get(category.path[: -len(category.slug) - 1])
    category.prior_mean = above.prior_mean if above else NEUTRAL_PRIOR
    category.prior_count = above.prior_count if above else 0
    category.prior_from = above.prior_from if above else None
