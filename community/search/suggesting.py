"""What the words typed so far may become: titles and names, half syllables and leading consonants included."""

import uuid
from dataclasses import dataclass
from typing import Any

from community.foundation.analyser import suggestion_query
from community.foundation.problems import Sentence
from community.search.sources import Source, sources

OF_A_KIND = 4


@dataclass(frozen=True)
class Suggestion:
    kind: str
    kind_title: Sentence
    id: uuid.UUID
    title: str
    url: str


def suggest(*, by: Any, typed: str) -> list[Suggestion]:
    """At most OF_A_KIND of each kind that `by` may see, the best first. Raises TooLongToSearch."""
    query = suggestion_query(typed)
    if query is None:
        return []
    found = []
    for source in sources().values():
        if source.better is not None:
            rows = source.rows(by).filter(search=query).order_by(*source.better)
            found += [_suggestion(source, row) for row in source.joined(rows)[:OF_A_KIND]]
    return found


def _suggestion(source: Source, row: Any) -> Suggestion:
    return Suggestion(source.kind, source.title_of_kind, row.pk, source.title(row), source.url(row))
