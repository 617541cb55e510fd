"""What people typed, made safe to keep: one form of Unicode, within bounds, and something in it."""

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.boards.models.posts import BODY_LENGTH
from community.boards.models.tags import TAG_LENGTH
from community.boards.models.topics import TITLE_LENGTH
from community.foundation.characters import is_blank, line, tidy
from community.foundation.problems import Invalid

MOST_TAGS = 5
MOST_SUBJECTS = 10
REASON_LENGTH = 300


def title(raw: str) -> str:
    """A title on one line. Raises Invalid (field `title`) if nothing is left or it has over 200 characters."""
    kept = line(raw)
    if is_blank(kept):
        raise Invalid(_("Give the topic a title, so that others can find it."), code="blank", field="title")
    if len(kept) > TITLE_LENGTH:
        raise Invalid(_("A title has at most 200 characters."), code="max_length", field="title")
    return kept


def body(raw: str) -> str:
    """The text of a post. Raises Invalid (field `body`) if it is blank or over 20,000 characters."""
    if len(raw) > 2 * BODY_LENGTH:
        raise _too_long()
    kept = tidy(raw).strip("\n").rstrip()
    if is_blank(kept):
        raise Invalid(_("Write something first."), code="blank", field="body")
    if len(kept) > BODY_LENGTH:
        raise _too_long()
    return kept


def reason(raw: str) -> str:
    """A short remark of whoever edits, hides or moves; may be empty. Raises Invalid (field `reason`)."""
    kept = line(raw)
    if len(kept) > REASON_LENGTH:
        raise Invalid(_("A reason has at most 300 characters."), code="max_length", field="reason")
    return kept


def tag(raw: str) -> str:
    """A tag as it is kept: lower case, words joined by hyphens; empty if nothing is left."""
    return slugify(line(raw[:400]).lstrip("#"), allow_unicode=True)


def tags(raw: Sequence[str]) -> list[str]:
    """Tags as they are kept, each once, sorted. Raises Invalid (field `tags`)."""
    kept = {name for each in raw if (name := tag(each))}
    if any(len(name) > TAG_LENGTH for name in kept):
        raise Invalid(_("A tag has at most 30 characters."), code="max_length", field="tags")
    if len(kept) > MOST_TAGS:
        raise Invalid(_("A topic has at most five tags."), code="too_many", field="tags")
    return sorted(kept)


def _too_long() -> Invalid:
    return Invalid(_("A post has at most 20,000 characters. Split it into two."), code="max_length", field="body")
