"""What can be searched. Each kind keeps its own `search` column, written by its acts; here stands how to ask it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from community.foundation.problems import Sentence

Filter = Callable[[str], Q]


@dataclass(frozen=True)
class Source:
    """A searchable kind.

    rows      (member) -> what of it the member may find: `visible_to`, less what is not published
    joined    (rows) -> the rows of one page, joined with what a result shows
    title, text, url   of one row; `text` is plain and snippets are cut from it
    filters   what `by:`, `in:` and `tag:` mean here; a kind without the filter is left out when it is used
    since     the column of `after:` and `before:`
    twins     (rows, tsquery) -> rows without those that a `twin_of` kind shows already, when both are asked
    better    the order of suggestions, best first; None: not suggested
    """

    kind: str
    title_of_kind: Sentence
    rows: Callable[[Any], QuerySet[Any]]
    joined: Callable[[QuerySet[Any]], QuerySet[Any]]
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    url: Callable[[Any], str]
    meta: Callable[[Any], dict[str, Any]] = lambda row: {}
    filters: dict[str, Filter] = field(default_factory=dict)
    since: str = "created_at"
    twin_of: str | None = None
    twins: Callable[[QuerySet[Any], Any], QuerySet[Any]] = lambda rows, query: rows
    better: tuple[str, ...] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind searchable; from `AppConfig.ready`. The order of registering is the order of the tabs."""
    _sources[source.kind] = source


def sources() -> dict[str, Source]:
    return dict(_sources)
