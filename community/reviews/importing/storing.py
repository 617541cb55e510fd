"""Rows of an import into the database: by COPY, each batch in one transaction, idempotent by key.

A row is known by its external id, or by member and subject. A known row that says the same changes nothing; one that
says something else replaces it and keeps the former as history; one that moderators removed stays removed.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from community.foundation import clock, markdown
from community.foundation.analyser import search_document
from community.foundation.ids import uuid7
from community.reviews.importing.catalogue import Catalogue
from community.reviews.importing.checking import Row
from community.reviews.importing.people import members_named
from community.reviews.models import Review, ReviewRevision
from community.subjects.locks import subjects_for_change

COLUMNS = (
    "id", "subject_id", "author_id", "author_name", "rating", "source", "html", "renderer", "published_at", "version",
    "removal_reason", "verified_by", "incentive", "incentive_note", "helpful_count", "unhelpful_count", "external_id",
    "search",
)  # fmt: skip
_COPY = f"COPY community_reviews_review ({', '.join(COLUMNS)}) FROM STDIN"
_TALLY = """
UPDATE community_subjects_subject AS s SET
    rating_1 = t.n1, rating_2 = t.n2, rating_3 = t.n3, rating_4 = t.n4, rating_5 = t.n5, review_count = t.words
FROM (
    SELECT subject_id,
        count(*) FILTER (WHERE rating = 1 AND incentive = '') AS n1,
        count(*) FILTER (WHERE rating = 2 AND incentive = '') AS n2,
        count(*) FILTER (WHERE rating = 3 AND incentive = '') AS n3,
        count(*) FILTER (WHERE rating = 4 AND incentive = '') AS n4,
        count(*) FILTER (WHERE rating = 5 AND incentive = '') AS n5,
        count(*) FILTER (WHERE source <> '') AS words
    FROM community_reviews_review
    WHERE removed_at IS NULL AND subject_id = ANY(%s)
    GROUP BY subject_id
) AS t
WHERE s.id = t.subject_id
"""
Key = tuple[str, ...]


@dataclass
class Outcome:
    """What became of a batch; `refused` holds (line number, reason)."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    subjects: set[uuid.UUID] = field(default_factory=set)


@dataclass
class _Known:
    """A review as it stands: in the database (`pk`), or among the rows that this batch inserts (None)."""

    pk: uuid.UUID | None
    subject_id: uuid.UUID
    author_id: uuid.UUID | None
    external_id: str | None
    rating: int
    source: str
    published_at: dt.datetime
    removed: bool = False
    row: Row | None = None

    def says(self, row: Row) -> bool:
        return (self.rating, self.source, self.published_at.date()) == (row.rating, row.text, row.published_at.date())


@transaction.atomic
def store(rows: list[Row], catalogue: Catalogue) -> Outcome:
    """Store one batch, in the order of the file. Rivals (members who rate, a second import) wait for its subjects."""
    outcome = Outcome()
    subject_ids = catalogue.ids(row.subject for row in rows)
    standing = subjects_for_change(subject_ids[row.subject] for row in rows)
    members = members_named({row.author for row in rows if row.is_member})
    known = _Index(rows, subject_ids, members)
    new: list[_Known] = []
    changed: dict[uuid.UUID, tuple[_Known, Row]] = {}
    for row in rows:
        if subject_ids[row.subject] not in standing:
            outcome.refused.append((row.number, "the subject was merged away just now; import again"))
            continue
        _settle(row, known, subject_ids, members, new, changed, outcome)
    _insert(new)
    _replace(changed)
    outcome.subjects = {one.subject_id for one in new} | {one.subject_id for one, _row in changed.values()}
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, [list(outcome.subjects)])
    return outcome


class _Index:
    """Known reviews of a batch by external id, and by subject and member."""

    def __init__(self, rows: list[Row], subjects: dict[str, uuid.UUID], members: dict[str, uuid.UUID]) -> None:
        self.by_external: dict[str, _Known] = {}
        self.by_member: dict[tuple[uuid.UUID, uuid.UUID], _Known] = {}
        external = [row.external_id for row in rows if row.external_id]
        people = {members[row.author] for row in rows if row.is_member}
        spoken = {subjects[row.subject] for row in rows if row.is_member}
        columns = ("pk", "subject_id", "author_id", "external_id", "rating", "source", "published_at", "removed_at")
        for queried in (
            Review.objects.filter(external_id__in=external),
            Review.objects.filter(author__in=people, subject__in=spoken),
        ):
            for pk, subject, author, external_id, rating, source, at, removed in queried.values_list(*columns):
                self.add(_Known(pk, subject, author, external_id, rating, source, at, removed is not None))

    def add(self, known: _Known) -> None:
        if known.external_id:
            self.by_external[known.external_id] = known
        if known.author_id:
            self.by_member[known.subject_id, known.author_id] = known


def _settle(
    row: Row,
    known: _Index,
    subjects: dict[str, uuid.UUID],
    members: dict[str, uuid.UUID],
    new: list[_Known],
    changed: dict[uuid.UUID, tuple[_Known, Row]],
    outcome: Outcome,
) -> None:
    subject_id = subjects[row.subject]
    author_id = members[row.author] if row.is_member else None
    found = known.by_external.get(row.external_id) if row.external_id else None
    rival = known.by_member.get((subject_id, author_id)) if author_id else None
    if found is None and rival is not None:
        if row.external_id and rival.external_id not in (None, row.external_id):
            outcome.refused.append((row.number, f"“{row.author}” has a review of “{row.subject}” already"))
            return
        found = rival
    if found is None:
        made = _Known(None, subject_id, author_id, row.external_id, row.rating, row.text, row.published_at, row=row)
        new.append(made)
        known.add(made)
        outcome.imported += 1
    elif found.removed or found.says(row):
        outcome.unchanged += 1
    else:
        found.rating, found.source, found.published_at = row.rating, row.text, row.published_at
        if found.pk is None:
            found.row = row
        else:
            changed[found.pk] = (found, row)
        outcome.updated += 1


def _insert(new: Iterable[_Known]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for one in new:
            row = one.row
            assert row is not None
            html, literal = _prepared(row.text)
            copy.write_row(
                (
                    uuid7(), one.subject_id, one.author_id, "" if one.author_id else row.author, row.rating, row.text,
                    html, markdown.VERSION, row.published_at, 1, "", "", "", "", 0, 0, row.external_id, literal,
                )
            )  # fmt: skip


def _replace(changed: dict[uuid.UUID, tuple[_Known, Row]]) -> None:
    moment = clock.now()
    for review in Review.objects.select_for_update(no_key=True).filter(pk__in=list(changed)).order_by("pk"):
        _known, row = changed[review.pk]
        ReviewRevision.objects.create(
            review=review,
            number=review.version,
            rating=review.rating,
            source=review.source,
            written_at=review.edited_at or review.published_at,
        )
        html, literal = _prepared(row.text)
        with connection.cursor() as cursor:
            cursor.execute(
                """UPDATE community_reviews_review SET rating = %s, source = %s, html = %s, renderer = %s, search = %s,
                   published_at = %s, edited_at = %s, version = version + 1 WHERE id = %s""",
                [row.rating, row.text, html, markdown.VERSION, literal, row.published_at, moment, review.pk],
            )


def _prepared(text: str) -> tuple[str, str]:
    """The html and the search vector's literal of a text; what is empty costs nothing."""
    return (markdown.render(text).html, search_document((text, "C"))) if text else ("", "")
