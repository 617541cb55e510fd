"""What someone typed, taken apart: words to find, and filters.

마당 "좋은 책" in:talk by:나무 tag:봄 after:2026-01-01 before:2026-06-30
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.foundation.analyser import QUERY_CHARACTERS, Query, TooLongToSearch, search_query
from community.foundation.characters import tidy
from community.foundation.problems import Invalid
from community.search.sources import sources

_FILTER = re.compile(r'(?<!\S)(in|by|tag|after|before):("[^"]*"|\S+)', re.IGNORECASE)
NAMED = ("in", "by", "tag")


class NoSuchKind(Invalid):
    code = "invalid_choice"
    detail = _("That kind cannot be searched.")


class NotADate(Invalid):
    code = "invalid_date"
    detail = _("Write dates as 2026-05-31.")


@dataclass(frozen=True)
class Question:
    """`query` is None without words; `named` holds the values of in:, by: and tag:."""

    typed: str
    words: str
    query: Query | None
    kinds: tuple[str, ...]
    named: dict[str, str] = field(default_factory=dict)
    after: dt.datetime | None = None
    before: dt.datetime | None = None

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return self.query is not None or bool(self.named)


def question(typed: str, kinds: Sequence[str] = ()) -> Question:
    """Raises TooLongToSearch (413) unread, NoSuchKind (field `kind`) or NotADate (field `q`)."""
    if len(typed) > QUERY_CHARACTERS:
        raise TooLongToSearch(field="q")
    if any(kind not in sources() for kind in kinds):
        raise NoSuchKind(field="kind")
    given: dict[str, str] = {}
    words = _FILTER.sub(lambda found: _taken(given, found), tidy(typed))
    words = " ".join(words.split())
    return Question(
        typed=typed,
        words=words,
        query=search_query(words),
        kinds=tuple(dict.fromkeys(kinds)) or tuple(sources()),
        named={name: given[name] for name in NAMED if name in given},
        after=_day(given.get("after"), add=0),
        before=_day(given.get("before"), add=1),
    )


def _taken(given: dict[str, str], found: re.Match) -> str:
    value = found[2].strip('"').lstrip("@" if found[1].lower() == "by" else "#")
    if value:
        given[found[1].lower()] = value
    return " "


def _day(written: str | None, *, add: int) -> dt.datetime | None:
    """The beginning of a day (or of the one after it) in the reader's zone."""
    if written is None:
        return None
    try:
        day = dt.date.fromisoformat(written) + dt.timedelta(days=add)
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))
    except (ValueError, OverflowError) as error:
        raise NotADate(field="q") from error
