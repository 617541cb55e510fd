"""Find what holds the words, the best of the newest first, at a bounded cost however common or rare they are.

Results come in windows. A window of a kind are the newest WINDOW rows that match; inside it the best stand first. The
next page goes on where this one stopped, in the next window when one is used up: paged to the end, every match is
shown once. So a common word costs a walk over the newest rows (which hold enough of it), a rare or absent one the GIN
index (which holds little of it), and nothing ever ranks more than WINDOW rows of a kind.
"""

import base64
import binascii
import heapq
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import CharField, F, FloatField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid
from community.search.asking import Question
from community.search.snippets import Snippet, snippet
from community.search.sources import Source, sources

WINDOW = 200
WALK = 3_000  # newest rows looked through before the index is asked
PAGE_SIZE = 20


@dataclass(frozen=True)
class Result:
    """One find. `place` counts from 1 on its page."""

    kind: str
    id: uuid.UUID
    title: str
    title_snippet: Snippet
    snippet: Snippet
    url: str
    meta: dict[str, Any]
    row: Any


@dataclass(frozen=True)
class Found:
    """A page of results; `next` is the cursor of the following one, None on the last."""

    items: list[Result]
    next: str | None
    previous: None = None

    def __iter__(self) -> Iterator[Result]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class _Reader:
    """Goes through the matches of one kind, window by window."""

    def __init__(self, source: Source, rows: QuerySet[Any], question: Question, anchor: str | None, skip: int) -> None:
        self.source, self.rows, self.question = source, rows, question
        self.anchor, self.at = anchor, skip
        self.window: list[tuple[uuid.UUID, float]] = []

    def head(self) -> tuple[float, uuid.UUID] | None:
        """Rank and id of the next match, or None at the end."""
        while self.at >= len(self.window):
            if len(self.window) < WINDOW:
                return None
            self.anchor, self.at = str(min(pk for pk, _rank in self.window)), 0
            _open_windows([self])
        pk, rank = self.window[self.at]
        return rank, pk

    def state(self) -> list[Any]:
        return [self.anchor, self.at]

    @property
    def every(self) -> QuerySet[Any]:
        """All rows of the kind, matching or not, from the anchor back."""
        rows = self.rows.model._base_manager.order_by("-pk")
        return rows.filter(pk__lt=self.anchor) if self.anchor else rows

    @property
    def ahead(self) -> QuerySet[Any]:
        """The matches from the anchor back."""
        return self.rows.filter(pk__lt=self.anchor) if self.anchor else self.rows

    def by_index(self) -> QuerySet[Any]:
        """The newest matches; sorted by text, so that the planner cannot walk the key in the hope of an early end."""
        return self.ahead.annotate(by_text=Cast("pk", TextField())).order_by("-by_text")[:WINDOW]

    def ranked(self, ids: list[uuid.UUID]) -> QuerySet[Any]:
        """These rows with `rank`: how well each fits the words; all alike without words."""
        query = self.question.query
        rank = SearchRank(F("search"), query.ranking()) if query else Value(0.0, FloatField())
        return self.rows.model._base_manager.filter(pk__in=ids).order_by().annotate(rank=rank)


def _open_windows(readers: list[_Reader]) -> None:
    """Read the windows of several kinds, each step for all of them in one query: where the newest rows end, the
    matches among these, those that the index gives where these hold too few, and how well each match fits."""
    by_kind = {reader.source.kind: reader for reader in readers}
    edges = dict(_together({kind: one.every[WALK : WALK + 1] for kind, one in by_kind.items()}))
    recent = {
        kind: one.ahead.filter(pk__gt=edges[kind]) if kind in edges else one.ahead for kind, one in by_kind.items()
    }
    found = _grouped(_together({kind: rows.order_by("-pk")[:WINDOW] for kind, rows in recent.items()}))
    short = [kind for kind in edges if len(found[kind]) < WINDOW]
    found |= _grouped(_together({kind: by_kind[kind].by_index() for kind in short}))
    ranks = _together({kind: by_kind[kind].ranked(found[kind]) for kind in by_kind if found[kind]}, "rank")
    fits = {pk: rank for _kind, pk, rank in ranks}
    for kind, one in by_kind.items():
        matches = [(pk, fits[pk]) for pk in found[kind] if pk in fits]
        one.window = sorted(matches, key=lambda match: (match[1], match[0]), reverse=True)


def _together(arms: dict[str, QuerySet[Any]], *columns: str) -> list[tuple[Any, ...]]:
    """(kind, id, …columns) of the rows of each kind, in one query and in no order."""
    parts = [rows.values_list(Value(kind, CharField()), "pk", *columns) for kind, rows in arms.items()]
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def _grouped(rows: list[tuple[Any, ...]]) -> defaultdict[str, list[uuid.UUID]]:
    grouped: defaultdict[str, list[uuid.UUID]] = defaultdict(list)
    for kind, pk in rows:
        grouped[kind].append(pk)
    return grouped


def find(*, by: Any, question: Question, cursor: str | None = None, size: int = PAGE_SIZE) -> Found:
    """One page of what `by` (a member or a guest) may find. Raises Invalid for a cursor that is none of ours."""
    if not question.asks:
        return Found([], None)
    states = _decode(cursor) if cursor else {}
    readers = {
        kind: _Reader(source, rows, question, *states.get(kind, (None, 0)))
        for kind, (source, rows) in _asked(by, question).items()
    }
    _open_windows(list(readers.values()))
    chosen = _merged(readers, size)
    more = any(reader.head() is not None for reader in readers.values())
    position = _encode({kind: reader.state() for kind, reader in readers.items()}) if more else None
    return Found(_results(by, chosen, question), position)


def _asked(by: Any, question: Question) -> dict[str, tuple[Source, QuerySet[Any]]]:
    """The rows of each kind that the question is about, without order."""
    found = {}
    for kind in question.kinds:
        source = sources()[kind]
        if not all(name in source.filters for name in question.named):
            continue
        rows = source.rows(by).order_by()
        for name, value in question.named.items():
            rows = rows.filter(source.filters[name](value))
        if question.after:
            rows = rows.filter(**{f"{source.since}__gte": question.after})
        if question.before:
            rows = rows.filter(**{f"{source.since}__lt": question.before})
        if question.query is not None:
            rows = rows.filter(search=question.query.matching())
            if source.twin_of in question.kinds:
                rows = source.twins(rows, question.query.matching())
        found[kind] = (source, rows)
    return found


def _merged(readers: dict[str, _Reader], size: int) -> list[tuple[str, uuid.UUID]]:
    """The best heads of all kinds, one after the other."""
    heads = [(-head[0], -head[1].int, kind, head[1]) for kind, reader in readers.items() if (head := reader.head())]
    heapq.heapify(heads)
    chosen: list[tuple[str, uuid.UUID]] = []
    while heads and len(chosen) < size:
        _rank, _age, kind, pk = heapq.heappop(heads)
        chosen.append((kind, pk))
        readers[kind].at += 1
        if following := readers[kind].head():
            heapq.heappush(heads, (-following[0], -following[1].int, kind, following[1]))
    return chosen


def _results(by: Any, chosen: list[tuple[str, uuid.UUID]], question: Question) -> list[Result]:
    """The rows of one page, read again by each kind's own `visible_to`: one query a kind."""
    rows: dict[tuple[str, uuid.UUID], Any] = {}
    for kind in {kind for kind, _pk in chosen}:
        source = sources()[kind]
        wanted = [pk for each, pk in chosen if each == kind]
        rows |= {(kind, row.pk): row for row in source.joined(source.rows(by).filter(pk__in=wanted))}
    return [_result(sources()[kind], rows[kind, pk], question) for kind, pk in chosen if (kind, pk) in rows]


def _result(source: Source, row: Any, question: Question) -> Result:
    words = question.query.words if question.query else ()
    return Result(
        kind=source.kind,
        id=row.pk,
        title=source.title(row),
        title_snippet=snippet(source.title(row), words, length=200),
        snippet=snippet(source.text(row), words),
        url=source.url(row),
        meta=source.meta(row),
        row=row,
    )


def _encode(states: dict[str, list[Any]]) -> str:
    packed = json.dumps(states, separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _decode(cursor: str) -> dict[str, tuple[str | None, int]]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        states = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not states:
            raise ValueError(cursor)
        return {str(kind): _state(*state) for kind, state in states.items()}
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError) as error:
        raise Invalid(
            _("That page address is not one of ours. Start from the first page."), code="invalid_cursor", field="cursor"
        ) from error


def _state(anchor: Any, at: Any) -> tuple[str | None, int]:
    if not isinstance(at, int) or not 0 <= at <= WINDOW:
        raise ValueError(at)
    return (str(uuid.UUID(anchor)) if anchor is not None else None), at
