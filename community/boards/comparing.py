"""Earlier and later texts side by side: which words came and went."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from community.boards.models import Post, Revision

_PIECES = re.compile(r"\s+|[^\s]+")
MOST_PIECES = 4000  # beyond that, comparing word by word costs too much; lines are compared


@dataclass(frozen=True)
class Change:
    """One edit: `parts` are (what, text) with what of "same", "added", "removed"."""

    revision: Revision
    title_before: str
    title_after: str
    parts: Sequence[tuple[str, str]]

    @property
    def title_changed(self) -> bool:
        return bool(self.title_before) and self.title_before != self.title_after


def changes(post: Post, revisions: Sequence[Revision]) -> list[Change]:
    """The edits of a post, newest first; `revisions` are those that may be shown, newest first.

    A revision that is left out makes the comparison span two edits, so that nothing of it shows.
    """
    after_text, after_title = post.source, post.topic.title if post.is_opening else ""
    found = []
    for revision in revisions:
        found.append(
            Change(
                revision=revision,
                title_before=revision.title,
                title_after=after_title,
                parts=compare(revision.source, after_text),
            )
        )
        after_text, after_title = revision.source, revision.title or after_title
    return found


def compare(before: str, after: str) -> list[tuple[str, str]]:
    """The words that stayed, came and went, in reading order; joining all but the added gives `before`."""
    old, new = _pieces(before), _pieces(after)
    parts: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(("removed", "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(("added", "".join(new[j1:j2])))
    return parts


def _pieces(text: str) -> list[str]:
    pieces: Any = _PIECES.findall(text)
    return pieces if len(pieces) <= MOST_PIECES else text.splitlines(keepends=True)
