"""A digest of a subject's reviews in up to three lines, by extraction alone: each line is a sentence that somebody
wrote, chosen for a word that many use, with how many of how many. Nothing is phrased anew, so nothing is made up.

Removed and rewarded reviews never take part: removal deletes what they gave in the same transaction, and the numbers
are counted when read.
"""

import math
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, IntegerField, Q, Subquery

from community.foundation import analyser, clock, markdown
from community.reviews.models import DigestEvidence, DigestLine, Incentive, Review
from community.subjects.models import Category, Subject

FEWEST_REVIEWS = 5
FEWEST_NAMING = 3
SHARE_NAMING = 0.03
MOST_LINES = 3
READ = 2000  # newest reviews read for one digest
BACKGROUND = 1500  # reviews of other subjects in the category that tell what is said of anything
SHORTEST, LONGEST = 8, 140
OVERLAP = 0.5
_SENTENCE = re.compile(r"(?<=[.!?…。\n])\s+|\n+")


@dataclass(frozen=True)
class Line:
    """A line as read: `number` of `total` reviews use `term`; their mean rating is `mean`."""

    id: uuid.UUID
    term: str
    quote: str
    quoted: Review
    number: int
    total: int
    mean: float


def eligible(subject_id: uuid.UUID) -> Any:
    """The reviews a digest may draw on."""
    return Review.objects.counted().with_words().filter(subject=subject_id)


def lines_of(subject: Subject, viewer: Any) -> list[Line]:
    """The digest as `viewer` may read it; empty while there are too few reviews."""
    spoken = Q(evidence__review__removed_at=None, evidence__review__incentive=Incentive.NONE)
    every = eligible(subject.pk).order_by().values("subject").annotate(number=Count("pk"))
    rows = (
        DigestLine.objects.filter(subject=subject, quoted__in=Review.objects.visible_to(viewer).counted())
        .annotate(number=Count("evidence", filter=spoken), mean=Avg("evidence__review__rating", filter=spoken))
        .filter(number__gt=0)
        .annotate(total=Subquery(every.values("number"), output_field=IntegerField()))
        .select_related("quoted")
    )
    return [Line(row.pk, row.term, row.quote, row.quoted, row.number, row.total or 0, row.mean) for row in rows]


def forget(review: Review) -> None:
    """Take a review out of the digest of its subject at once."""
    DigestLine.objects.filter(quoted=review).delete()
    DigestEvidence.objects.filter(review=review).delete()


def forget_subject(subject: Subject) -> None:
    DigestLine.objects.filter(subject=subject).delete()


@transaction.atomic
def compute(subject_id: uuid.UUID, background: "Background | None" = None) -> int:
    """Write the digest of a subject anew; gives the number of lines."""
    subject = Subject.objects.select_for_update(no_key=True).select_related("category").filter(pk=subject_id).first()
    if subject is None:
        return 0
    DigestLine.objects.filter(subject=subject).delete()
    reviews = list(eligible(subject.pk).order_by("-published_at", "-id").only("source", "helpfulness")[:READ])
    if len(reviews) < FEWEST_REVIEWS:
        return 0
    said = {review.pk: set(analyser.nouns(review.source)) for review in reviews}
    chosen = _choose(said, background or Background.of(subject.category, without=subject))
    by_id = {review.pk: review for review in reviews}
    position = 0
    for term, naming in chosen:
        best = _best_sentence(term, [by_id[pk] for pk in naming])
        if best is None:
            continue
        position += 1
        review, quote = best
        line = DigestLine.objects.create(
            subject=subject, position=position, term=term, quote=quote, quoted=review, computed_at=clock.now()
        )
        DigestEvidence.objects.bulk_create(DigestEvidence(line=line, review_id=pk) for pk in naming)
        if position == MOST_LINES:
            break
    return position


@dataclass(frozen=True)
class Background:
    """How often words occur in reviews of other things, so that "film" is no news about a film."""

    counts: Counter[str]
    total: int

    @classmethod
    def of(cls, category: Category, without: Subject | None = None) -> "Background":
        rows = Review.objects.counted().with_words().filter(subject__category__path__startswith=category.path)
        rows = rows.exclude(subject=without) if without else rows
        counts: Counter[str] = Counter()
        total = 0
        for source in rows.order_by("-id").values_list("source", flat=True)[:BACKGROUND]:
            counts.update(set(analyser.nouns(source)))
            total += 1
        return cls(counts, total)

    def weight(self, term: str, number: int, total: int) -> float:
        """How much more it is said here than elsewhere, times how many say it."""
        here = number / total
        there = (self.counts[term] + 0.5) / (self.total + 1) if self.total else 0.05
        return number * math.log(here / there)


def _choose(said: dict[uuid.UUID, set[str]], background: Background) -> list[tuple[str, list[uuid.UUID]]]:
    """Words that many use and that are telling, best first, none of which says much the same as one before."""
    total = len(said)
    needed = max(FEWEST_NAMING, math.ceil(SHARE_NAMING * total))
    naming: dict[str, list[uuid.UUID]] = defaultdict(list)
    for pk, terms in said.items():
        for term in terms:
            naming[term].append(pk)
    weighed = [(background.weight(term, len(pks), total), term) for term, pks in naming.items() if len(pks) >= needed]
    chosen: list[tuple[str, list[uuid.UUID]]] = []
    for weight, term in sorted(weighed, reverse=True):
        if weight <= 0 or len(chosen) == MOST_LINES * 3:
            break
        if all(_overlap(naming[term], known) < OVERLAP for _term, known in chosen):
            chosen.append((term, naming[term]))
    return chosen


def _overlap(one: Iterable[uuid.UUID], other: Iterable[uuid.UUID]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / min(len(first), len(second))


def _best_sentence(term: str, reviews: list[Review]) -> tuple[Review, str] | None:
    """A sentence of fair length that uses the word; that of the more helpful review, then the fuller one."""
    best: tuple[tuple[float, float, str], Review, str] | None = None
    for review in reviews:
        for sentence in _SENTENCE.split(markdown.render(review.source).text):
            quote = " ".join(sentence.split())
            if not SHORTEST <= len(quote) <= LONGEST or term not in analyser.nouns(quote):
                continue
            rank = (review.helpfulness, -abs(len(quote) - 45), quote)
            if best is None or rank > best[0]:
                best = (rank, review, quote)
    return (best[1], best[2]) if best else None
