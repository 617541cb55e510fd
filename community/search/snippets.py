"""Where in a text the words stand: a cutting around the first of them, with what to mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

LENGTH = 160
BEFORE = 40


@dataclass(frozen=True)
class Snippet:
    """Plain text, and the pieces of it as (text, whether it was looked for)."""

    text: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def html(self) -> SafeString:
        """Escaped, with <mark> around what was looked for."""
        return format_html_join(
            "", "{}{}{}", ((_MARK[found][0], piece, _MARK[found][1]) for piece, found in self.pieces)
        )

    @property
    def marks(self) -> list[list[int]]:
        """[start, end] of what was looked for, in characters of `text`."""
        found, at = [], 0
        for piece, marked in self.pieces:
            if marked:
                found.append([at, at + len(piece)])
            at += len(piece)
        return found


_MARK = {True: (SafeString("<mark>"), SafeString("</mark>")), False: (SafeString(""), SafeString(""))}


@lru_cache(maxsize=500)
def _pattern(words: tuple[str, ...]) -> re.Pattern | None:
    # A lone syllable is marked at the beginning of a word only; "a" of Latin likewise.
    ways = [rf"(?<!\w){re.escape(word)}" if len(word) == 1 or word.isascii() else re.escape(word) for word in words]
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def snippet(text: str, words: Sequence[str], *, length: int = LENGTH) -> Snippet:
    """`length` characters of `text` on one line around the first of `words` (plain, the longest first)."""
    pattern = _pattern(tuple(words))
    first = pattern.search(text) if pattern else None
    start = max(0, first.start() - BEFORE) if first and len(text) > length else 0
    if start:
        space = text.find(" ", start, first.start() if first else start)
        start = space + 1 if space >= 0 else start
    cut = " ".join(text[start : start + length].split())
    cut = ("…" if start else "") + cut + ("…" if start + length < len(text) else "")
    pieces, at = [], 0
    for match in pattern.finditer(cut) if pattern else ():
        pieces += [(cut[at : match.start()], False), (match[0], True)]
        at = match.end()
    pieces.append((cut[at:], False))
    return Snippet(cut, tuple(piece for piece in pieces if piece[0]))
