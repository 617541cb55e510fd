"""From a line's columns to a Row that may be stored, or the reason why not."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from community.foundation.characters import tidy
from community.reviews.models import LONGEST

LONGEST_KEY = 80  # of a subject
LONGEST_NAME = 80  # of an author
LONGEST_ID = 120
EARLIEST = dt.date(1990, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_KEY = re.compile(r"[-\w]+\Z")


class Refusal(Exception):
    """The line cannot be taken; the sentence says why."""


@dataclass(frozen=True)
class Row:
    """A review or rating to store. `author` is a member's name if `is_member`, else a masked name."""

    number: int
    subject: str
    author: str
    is_member: bool
    rating: int
    published_at: dt.datetime
    text: str
    external_id: str | None


def check(number: int, columns: Mapping[str, Any], *, today: dt.date, authors_are_members: bool) -> Row:
    """The row of a line. `author, rating` means 1 to 10, stored as half, rounded up; `member, score` means 1 to 5.

    Raises Refusal.
    """
    subject = _word(columns, "subject", LONGEST_KEY)
    if not _KEY.match(subject):
        raise Refusal("“subject” may hold letters, digits, hyphens and underscores only")
    by_member = "member" in columns
    author = _word(columns, "member" if by_member else "author", LONGEST_NAME)
    rating = _whole(columns, "score", 5) if "score" in columns else -(-_whole(columns, "rating", 10) // 2)
    is_member = by_member or authors_are_members
    given = columns.get("external_id")
    external_id = _word(columns, "external_id", LONGEST_ID) if given not in (None, "") else None
    if external_id is None and not is_member:
        external_id = _made_key(subject, author)
    return Row(
        number=number,
        subject=subject,
        author=author,
        is_member=is_member,
        rating=rating,
        published_at=_day(columns.get("date"), today),
        text=_words(columns.get("text")),
        external_id=external_id,
    )


def _made_key(subject: str, author: str) -> str:
    """Without an id of its own, a row is known by author and subject."""
    return "by-author:" + hashlib.sha256(f"{subject}\n{author}".encode()).hexdigest()[:40]


def _word(columns: Mapping[str, Any], name: str, longest: int) -> str:
    value = columns.get(name)
    if value is None or value == "":
        raise Refusal(f"“{name}” is missing")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Refusal(f"“{name}” is not a text")
    if _CONTROL.search(value):
        raise Refusal(f"“{name}” holds control characters")
    value = tidy(value).strip()
    if not value or len(value) > longest:
        raise Refusal(f"“{name}” must have 1 to {longest} characters")
    return value


def _whole(columns: Mapping[str, Any], name: str, most: int) -> int:
    value = columns.get(name)
    if value is None or value == "":
        raise Refusal(f"“{name}” is missing")
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,4}\s*", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise Refusal(f"“{name}” must be a whole number from 1 to {most}")
    return value


def _day(value: Any, today: dt.date) -> dt.datetime:
    if value in (None, ""):
        day: dt.date | None = today
    else:
        try:
            day = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
            if day is None or (len(value) > 10 and dt.datetime.fromisoformat(value) is None):
                raise ValueError
        except ValueError:
            raise Refusal("“date” is not a date such as 2015-08-27") from None
    if day is None or not EARLIEST <= day <= today + dt.timedelta(days=1):
        raise Refusal(f"“date” must lie between {EARLIEST} and today")
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal("“text” is not a text")
    if _CONTROL.search(value):
        raise Refusal("“text” holds control characters")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Refusal("“text” holds half characters")
    value = tidy(value).strip()
    if len(value) > LONGEST:
        raise Refusal(f"“text” is longer than {LONGEST:,} characters")
    return value
