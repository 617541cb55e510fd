"""A whole import: from a file to the database, with progress, and a file of what was refused."""

import csv
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.problems import Conflict
from community.reviews import digest
from community.reviews.importing.catalogue import Catalogue, Title, retitle, title_of
from community.reviews.importing.checking import Refusal, Row, check
from community.reviews.importing.reading import Source
from community.reviews.importing.storing import Outcome, store
from community.subjects import scoring
from community.subjects.models import Category, Subject

BATCH = 5000
LOCK = 0x6D61_6461_6E67_0001  # "madang", 1: one import of reviews at a time
Tell = Callable[[str, int, int], None]


class ImportUnderWay(Conflict):
    code = "import_under_way"
    detail = _("Another import of reviews is running. Wait until it is done, then start again.")


@dataclass
class Total:
    """What became of a file."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    subjects: set[uuid.UUID] = field(default_factory=set)

    def add(self, outcome: Outcome) -> None:
        self.imported += outcome.imported
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        self.refused += len(outcome.refused)
        self.subjects |= outcome.subjects


def import_reviews(
    *,
    file: Path,
    refusals: Path,
    titles: Path | None = None,
    category: Category | None = None,
    authors_are_members: bool = False,
    tell: Tell = lambda stage, done, total: None,
) -> Total:
    """Take over the reviews of `file`; lines that cannot be taken go to `refusals` (CSV: line, reason).

    Killed half-way, it has stored whole batches and may simply be run again. `tell(stage, done, total)` hears of the
    progress. Raises Unreadable for a file that cannot be read, ImportUnderWay.
    """
    with _alone():
        known_titles = _read_titles(titles) if titles else {}
        retitle(known_titles)
        catalogue = Catalogue(known_titles, category)
        total = Total()
        refusals.parent.mkdir(parents=True, exist_ok=True)
        source = Source(file)
        try:
            with refusals.open("w", newline="", encoding="utf-8") as paper:
                writer = csv.writer(paper)
                writer.writerow(("line", "reason"))
                for rows, refused in _batches(source, authors_are_members):
                    outcome = store(rows, catalogue)
                    catalogue.forget()
                    outcome.refused = sorted([*outcome.refused, *refused])
                    writer.writerows(outcome.refused)
                    paper.flush()
                    total.add(outcome)
                    tell("reviews", source.position, source.size)
        finally:
            source.close()
        _settle(total, tell)
    return total


def _read_titles(path: Path) -> dict[str, Title]:
    source = Source(path)
    try:
        found = (title_of(line.columns) for line in source.lines() if line.columns is not None)
        return dict(pair for pair in found if pair is not None)
    finally:
        source.close()


def _batches(source: Source, authors_are_members: bool) -> Iterator[tuple[list[Row], list[tuple[int, str]]]]:
    today = clock.today()
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    for line in source.lines():
        try:
            if line.columns is None:
                raise Refusal(line.problem)
            rows.append(check(line.number, line.columns, today=today, authors_are_members=authors_are_members))
        except Refusal as refusal:
            refused.append((line.number, str(refusal)))
        if len(rows) + len(refused) >= BATCH:
            yield rows, refused
            rows, refused = [], []
    if rows or refused:
        yield rows, refused


def _settle(total: Total, tell: Tell) -> None:
    """What follows once all rows are in: the planner's figures, the categories' means, the digests."""
    if not total.subjects:
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE community_reviews_review, community_subjects_subject, community_members_member")
    scoring.refresh_priors()
    backgrounds: dict[uuid.UUID, digest.Background] = {}
    spoken = Subject.objects.filter(pk__in=total.subjects, review_count__gte=digest.FEWEST_REVIEWS)
    subjects = list(spoken.select_related("category"))
    for done, subject in enumerate(subjects, 1):
        background = backgrounds.get(subject.category_id)
        if background is None:
            background = backgrounds[subject.category_id] = digest.Background.of(subject.category)
        digest.compute(subject.pk, background)
        tell("digests", done, len(subjects))


class _alone:  # noqa: N801  (a context manager)
    """One import at a time, held by the connection and let go with it."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise ImportUnderWay

    def __exit__(self, *_exc: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
