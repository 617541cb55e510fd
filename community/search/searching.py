"""Search as people do it: found, written down, and for guests not too often."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from community.foundation import limits
from community.search.asking import Question, question
from community.search.finding import PAGE_SIZE, Found, find
from community.touchpoints.models import Touchpoint
from community.touchpoints.recording import record_search

GUESTS_A_MINUTE = 30
GUESTS_SUGGESTIONS_A_MINUTE = 120


@dataclass(frozen=True)
class Searched:
    """`search_id` names the search in clicks; None for further pages and where nothing was asked."""

    question: Question
    found: Found
    search_id: uuid.UUID | None


def limit_guests(request: HttpRequest, *, name: str = "search", limit: int = GUESTS_A_MINUTE) -> None:
    """Raises TooMany when a guest's address has asked too often in this minute."""
    if not request.user.is_authenticated:
        limits.spend(name=name, who=limits.address(request), limit=limit, seconds=60)


def search(
    *,
    by: Any,
    typed: str,
    kinds: tuple[str, ...] = (),
    cursor: str | None = None,
    size: int = PAGE_SIZE,
    channel: str = Touchpoint.Channel.WEB,
) -> Searched:
    """One page for `by`; the first page of a search is written down.

    Raises TooLongToSearch, NoSuchKind, NotADate, Invalid for a strange cursor.
    """
    asked = question(typed, kinds)
    found = find(by=by, question=asked, cursor=cursor, size=size)
    written = None
    if asked.query is not None and not cursor:
        written = record_search(by=by, words=asked.words, results=len(found), channel=channel).pk
    return Searched(asked, found, written)
