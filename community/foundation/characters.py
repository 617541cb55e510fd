"""Characters as they are kept and shown: texts, titles and names pass `tidy` before they are stored."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_INVISIBLE_RUN = re.compile("([\u200b-\u200d\u2060\ufeff])[\u200b-\u200d\u2060\ufeff]+")
_JOINED = re.compile("(?:[^\\s\u200d]\ufe0f?\u200d){10}")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})"
    "[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


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


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a plain text on one line, cut at a word."""
    line = " ".join(text[: length * 4].split())
    if len(line) <= length:
        return line
    cut = line[:length]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"
