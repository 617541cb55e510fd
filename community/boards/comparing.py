"""Earlier and later texts side by side: which words came and went."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from community.boards.models import Post, Revision

_PIECES = re.compile(r"\S+\s*|\s+")
MOST_PIECES = 4000  # beyond that, comparing word by word costs too much; lines are compared
MOST_WORK = 2_000_000  # pairs of equal pieces that one page looks at, which takes about a second

FEW_PIECES, RARE = 200, 8


@dataclass
class Work:
    """How many pairs of equal pieces may still be looked at. Texts that repeat themselves have millions of them."""

    left: int = MOST_WORK


class _Matcher(difflib.SequenceMatcher[str]):
    """Finds what stayed as long as there is work left; beyond that, what lies between counts as replaced."""

    a: Sequence[str]
    b2j: dict[str, list[int]]  # where each piece stands in the later text

    def __init__(self, old: Sequence[str], new: Sequence[str], work: Work) -> None:
        self.work = work
        super().__init__(None, old, new, autojunk=False)
        if len(new) > FEW_PIECES:  # rare words find the place; what stands beside them is found from there
            self.b2j = {piece: places for piece, places in self.b2j.items() if len(places) <= RARE}

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        end = len(self.a) if ahi is None else ahi
        cost = end - alo
        if cost <= self.work.left:
            cost += sum(len(self.b2j.get(piece, ())) for piece in self.a[alo:end])
        if cost > self.work.left:
            return difflib.Match(alo, blo, 0)
        self.work.left -= cost
        return super().find_longest_match(alo, ahi, blo, bhi)


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
    found, work = [], Work()
    for revision in revisions:
        found.append(
            Change(
                revision=revision,
                title_before=revision.title,
                title_after=after_title,
                parts=compare(revision.source, after_text, work),
            )
        )
        after_text, after_title = revision.source, revision.title or after_title
    return found


def compare(before: str, after: str, work: Work | None = None) -> list[tuple[str, str]]:
    """The words that stayed, came and went, in reading order; joining all but the added gives `before`."""
    old, new = _pieces(before), _pieces(after)
    parts: list[tuple[str, str]] = []
    for what, i1, i2, j1, j2 in _Matcher(old, new, work or Work()).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if what == "equal":
            parts.append(("same", gone))
            continue
        space = gone[len(gone.rstrip()) :]
        if space and come.endswith(space):  # a piece is a word with the space behind it, which stayed
            gone, come = gone.removesuffix(space), come.removesuffix(space)
        else:
            space = ""
        told = (("removed", gone), ("added", come), ("same", space))
        parts += [(how, text) for how, text in told if text]
    return parts


def _pieces(text: str) -> list[str]:
    pieces: Any = _PIECES.findall(text)
    return pieces if len(pieces) <= MOST_PIECES else text.splitlines(keepends=True)
