"""Characters as they are kept and shown: texts, titles and names pass `tidy` before they are stored."""

import re
import unicodedata

from community.foundation.problems import Blank, Overlong

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_INVISIBLE_RUN = re.compile("([\u200b-\u200d\u2060\ufeff])[\u200b-\u200d\u2060\ufeff]+")
_JOINED = re.compile("(?:[^\\s\u200d]\ufe0f?\u200d){10}")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})"
    "[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
# Nothing is drawn of them: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) and the empty Braille cell.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOTHING_SEEN = re.compile(f"[\\s{INVISIBLE}]*")
_UNSEEN_IN_A_LINE = re.compile("[\u00ad\u200b\u200e\u200f\u2060-\u206f\ufeff]")


def tidy(text: str) -> str:
    """`text` as it is kept: NFC, no control, direction-override or half characters, no towers of accents or joiners.

    For titles and names too; PostgreSQL takes whatever comes out of here.
    """
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii():
        return _FORBIDDEN.sub("", text)
    text = _INVISIBLE_RUN.sub(r"\1", _FORBIDDEN.sub("", text))
    text = _JOINED.sub(lambda joined: joined[0][:-1], text)
    return _MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def line(text: str) -> str:
    """`text` as a title or a name of something is kept: tidy, on one line, without what hides within words."""
    return " ".join(_UNSEEN_IN_A_LINE.sub("", tidy(text)).split())


def visible_line(text: str, *, field: str, most: int) -> str:
    """`line` of what others must be able to see and click, of at most `most` characters.

    Raises Blank (400) for `field` if nothing is seen of it, Overlong (400) if it is longer.
    """
    kept = line(text)
    if is_blank(kept):
        raise Blank(field=field)
    return within(kept, field=field, most=most)


def words(text: str, *, field: str, most: int) -> str:
    """`tidy` without space around, of at most `most` characters. Raises Overlong (400) for `field`."""
    return within(tidy(text).strip(), field=field, most=most)


def within(kept: str, *, field: str, most: int) -> str:
    """`kept` itself. Forms count what was typed, and NFC makes three characters of some: this counts what is stored.

    Raises Overlong (400) for `field` beyond `most` characters.
    """
    if len(kept) > most:
        raise Overlong(most, field=field)
    return kept


def is_blank(text: str) -> bool:
    """Whether nothing is seen of `text`: it is empty, or all spaces, fillers (Hangul's too), joiners and selectors."""
    return _NOTHING_SEEN.fullmatch(text) is not None


def is_storable(text: str) -> bool:
    """Whether PostgreSQL takes the text as it is: no NUL, no half of a surrogate pair."""
    return _UNSTORABLE.search(text) is None


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a plain text on one line, cut at a word."""
    line = " ".join(text[: length * 4].split())
    if len(line) <= length:
        return line
    cut = line[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"
