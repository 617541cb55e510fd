"""Words of members on their way into headers and plain text: no new line, no hidden character, nothing that turns into
a link in the reader's mail program (a display name "http://evil.example" must not, CVE-2026-30913 elsewhere)."""

import functools
import re
import unicodedata

_DOT_OF_A_HOST = re.compile(r"(?<=\w)([.。．｡․:])(?=[\w/])")
_SCHEME = re.compile(r"(?i)(\w:)(//)")
_BREAK = "\u200b"  # zero width space: shows nothing, ends a link


def one_line(words: str, longest: int = 200) -> str:
    """`words` on one line, without control, direction or invisible characters, cut at `longest` characters."""
    shown = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", str(words)))
    shown = "".join(character for character in shown if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"})
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


@functools.lru_cache(maxsize=2_000)  # the names and titles of a day's letters come again and again
def no_links(words: str, longest: int = 200) -> str:
    """`one_line` in which no mail program finds an address to make a link of."""
    shown = one_line(words, longest)
    shown = _SCHEME.sub(rf"\1{_BREAK}\2", shown)
    shown = _DOT_OF_A_HOST.sub(rf"\1{_BREAK}", shown)
    return shown.replace("@", f"@{_BREAK}")
