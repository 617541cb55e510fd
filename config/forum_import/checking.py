"""One line of a forum file, checked: what it says, or why it is refused."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from community.boards.models.posts import BODY_LENGTH
from community.boards.models.topics import TITLE_LENGTH
from community.foundation import clock
from community.foundation.characters import tidy
from community.foundation.problems import Invalid
from community.members import names

TYPES = ("member", "board", "topic", "post")
BOARD_KINDS = ("discussion", "question", "word_of_mouth", "notice")
KEY_LENGTH = 80
MOST_TAGS = 5


class Refusal(Exception):
    """Why a line is not taken, in words."""


@dataclass(frozen=True)
class Entry:
    """A checked line: `key` names it within its type; `values` are clean."""

    number: int
    type: str
    key: str
    values: dict[str, Any]


def check(number: int, line: dict[str, Any]) -> Entry:
    """Raises Refusal."""
    kind = line.get("type")
    if kind not in TYPES:
        raise Refusal("“type” is none of member, board, topic, post")
    return Entry(number, kind, _key(line, "id"), _CHECKS[kind](line))


def _member(line: dict[str, Any]) -> dict[str, Any]:
    try:
        username = names.checked(_text(line, "username", longest=100))
    except Invalid as error:
        raise Refusal(str(error.detail)) from error
    return {
        "username": username,
        "display_name": _text(line, "display_name", longest=50, needed=False),
        "bio": _text(line, "bio", longest=500, needed=False),
        "joined_at": _moment(line, "joined_at", needed=False) or clock.now(),
    }


def _board(line: dict[str, Any]) -> dict[str, Any]:
    kind = line.get("kind", "discussion")
    if kind not in BOARD_KINDS:
        raise Refusal("“kind” is none of " + ", ".join(BOARD_KINDS))
    slug = _text(line, "slug", longest=60)
    if not slug.replace("-", "").replace("_", "").isalnum():
        raise Refusal("“slug” holds more than letters, digits, “-” and “_”")
    return {
        "slug": slug,
        "name": _text(line, "name", longest=80),
        "name_ko": _text(line, "name_ko", longest=80, needed=False),
        "description": _text(line, "description", longest=300, needed=False),
        "kind": kind,
        "open": _flag(line, "open", otherwise=True),
    }


def _topic(line: dict[str, Any]) -> dict[str, Any]:
    tags = line.get("tags", [])
    if not isinstance(tags, list) or len(tags) > MOST_TAGS or not all(isinstance(tag, str) for tag in tags):
        raise Refusal(f"“tags” is no list of at most {MOST_TAGS} words")
    return {
        "board": _key(line, "board"),
        "title": _text(line, "title", longest=TITLE_LENGTH),
        "pinned": _flag(line, "pinned"),
        "locked": _flag(line, "locked"),
        "tags": sorted({tidy(tag).strip().lower()[:30] for tag in tags} - {""}),
        **_written(line),
    }


def _post(line: dict[str, Any]) -> dict[str, Any]:
    return {"topic": _key(line, "topic"), "reply_to": _key(line, "reply_to", needed=False), **_written(line)}


def _written(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "author": _key(line, "author", needed=False),
        "body": _text(line, "body", longest=BODY_LENGTH),
        "created_at": _moment(line, "created_at"),
    }


_CHECKS = {"member": _member, "board": _board, "topic": _topic, "post": _post}


def _text(line: dict[str, Any], name: str, *, longest: int, needed: bool = True) -> str:
    value = line.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise Refusal(f"“{name}” is missing" if value is None else f"“{name}” is no text")
    if len(value) > longest:
        raise Refusal(f"“{name}” is longer than {longest:,} characters")
    clean = tidy(value).strip()
    if needed and not clean:
        raise Refusal(f"“{name}” is empty")
    return clean


def _key(line: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = line.get(name)
    if value is None and not needed:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Refusal(f"“{name}” is missing" if value is None else f"“{name}” is neither a text nor a whole number")
    clean = tidy(str(value)[: KEY_LENGTH + 1])
    if not 0 < len(clean) <= KEY_LENGTH:
        raise Refusal(f"“{name}” is empty or longer than {KEY_LENGTH} characters")
    return clean


def _flag(line: dict[str, Any], name: str, *, otherwise: bool = False) -> bool:
    value = line.get(name, otherwise)
    if not isinstance(value, bool):
        raise Refusal(f"“{name}” is neither true nor false")
    return value


def _moment(line: dict[str, Any], name: str, *, needed: bool = True) -> dt.datetime | None:
    value = line.get(name)
    if value is None and not needed:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)  # type: ignore[arg-type]
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        moment = moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise Refusal(f"“{name}” is missing or no date as 2026-05-31T09:00:00Z") from error
    if not dt.datetime(1970, 1, 1, tzinfo=dt.UTC) <= moment <= clock.now():
        raise Refusal(f"“{name}” lies before 1970 or in the future")
    return moment
