"""The score of a product's subject before a change and since, of what members themselves said then.

Before: what each rating said when the day of the change began. Since: ratings given from that day on, and those changed
to another number since, which count on both sides with what they said then. Removed and rewarded ratings count on none,
as for the score itself; both sides lean on the prior mean by the same formula (subjects.scoring). Where fewer ratings
than the prior weighs stand on a side, the prior says more than members do: then no score is shown, only how many.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from community.subjects.models import PRIOR_WEIGHT, Subject
from community.subjects.scoring import THOUSANDTH, bayesian

SECONDS = 300
ENOUGH = PRIOR_WEIGHT

_SIDES = """
SELECT a.number,
    count(*) FILTER (WHERE r.published_at < a.at), coalesce(sum(said.rating) FILTER (WHERE r.published_at < a.at), 0),
    count(*) FILTER (WHERE r.published_at >= a.at OR r.rating <> said.rating),
    coalesce(sum(r.rating) FILTER (WHERE r.published_at >= a.at OR r.rating <> said.rating), 0)
FROM unnest(%(moments)s::timestamptz[]) WITH ORDINALITY AS a (at, number)
JOIN community_reviews_review r ON r.subject_id = %(subject)s AND r.removed_at IS NULL AND r.incentive = ''
CROSS JOIN LATERAL (
    SELECT coalesce((
        SELECT v.rating FROM community_reviews_reviewrevision v
        WHERE r.edited_at >= a.at AND v.review_id = r.id AND v.written_at < a.at ORDER BY v.number DESC LIMIT 1
    ), r.rating) AS rating
) said
GROUP BY a.number
"""


@dataclass(frozen=True)
class Side:
    """The ratings on one side of a change: how many, and their sum."""

    count: int
    total: int
    prior: Decimal

    @property
    def enough(self) -> bool:
        return self.count >= ENOUGH

    @property
    def mean(self) -> Decimal | None:
        """What they come to by themselves."""
        return (Decimal(self.total) / self.count).quantize(THOUSANDTH, ROUND_HALF_UP) if self.count else None

    @property
    def score(self) -> Decimal | None:
        """By the formula of the subject's score; None where there are too few."""
        return bayesian(total=self.total, count=self.count, prior=self.prior) if self.enough else None


@dataclass(frozen=True)
class Effect:
    before: Side
    since: Side

    @property
    def difference(self) -> Decimal | None:
        """How much higher the score is since; None where either side has too few ratings."""
        if self.before.score is None or self.since.score is None:
            return None
        return self.since.score - self.before.score


def effects(subject: Subject, days: Collection[dt.date]) -> dict[dt.date, Effect]:
    """By day, the score before it and from it on. One query for all that no page asked for within five minutes; a rating
    that is given, taken back or changed is seen at once, since the subject's counters are part of the key."""
    stars = ".".join(str(subject.stars[star]) for star in sorted(subject.stars))
    keys = {f"changes:{subject.pk}:{stars}:{subject.prior_mean}:{day}": day for day in set(days)}
    found = {keys[key]: effect for key, effect in cache.get_many(keys).items()}
    missing = sorted(set(days) - set(found))
    if missing:
        computed = _compute(subject, missing)
        cache.set_many({key: computed[day] for key, day in keys.items() if day in computed}, SECONDS)
        found |= computed
    return found


def _compute(subject: Subject, days: list[dt.date]) -> dict[dt.date, Effect]:
    zone = timezone.get_default_timezone()
    moments = [dt.datetime.combine(day, dt.time(), tzinfo=zone) for day in days]
    with connection.cursor() as cursor:
        cursor.execute(_SIDES, {"moments": moments, "subject": subject.pk})
        rows = {number: sides for number, *sides in cursor.fetchall()}
    found = {}
    for number, day in enumerate(days, 1):
        count, total, since_count, since_total = rows.get(number, (0, 0, 0, 0))
        prior = subject.prior_mean
        found[day] = Effect(Side(count, total, prior), Side(since_count, since_total, prior))
    return found
