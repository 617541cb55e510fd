"""Lines of a file from strangers: gzip or plain, JSON lines or CSV, each line bounded in memory."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

LONGEST_LINE = 1_000_000  # bytes; a review may have 20,000 characters, JSON may write six bytes for each and more
CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Line:
    """A line of the file: its number, and its columns or why it cannot be read."""

    number: int
    columns: dict[str, Any] | None
    problem: str = ""


class Unreadable(Exception):
    """The file as a whole cannot be read; the sentence says why."""


class Source:
    """A file to import. `position` of `size` bytes (compressed ones, if it is) tell how far reading is."""

    def __init__(self, path: Path) -> None:
        try:
            self.size = path.stat().st_size
            self._raw: IO[bytes] = path.open("rb")
        except OSError as error:
            raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
        magic = self._raw.read(2)
        self._raw.seek(0)
        self._file: IO[bytes] = gzip.GzipFile(fileobj=self._raw) if magic == GZIP_MAGIC else self._raw  # type: ignore[assignment]

    @property
    def position(self) -> int:
        return self._raw.tell()

    def close(self) -> None:
        self._file.close()
        self._raw.close()

    def lines(self, *, needed: str = "subject") -> Iterator[Line]:
        """Every line, as JSON if the first one begins with "{", else as CSV with a head that names the column `needed`.

        Raises Unreadable for a damaged archive or a CSV without a usable head.
        """
        physical = self._physical()
        first = next(physical, None)
        if first is None:
            return
        number, text = first
        if text is not None and text.lstrip("\ufeff \t").startswith("{"):
            yield _as_json(number, text)
            for number, text in physical:
                if text is None or text.strip():
                    yield _as_json(number, text)
            return
        yield from _as_csv(text, physical, needed)

    def _physical(self) -> Iterator[tuple[int, str | None]]:
        """(number, text) of each line; None for one that is too long, which is passed over without holding it."""
        number, kept, dropping = 0, b"", False
        try:
            while chunk := self._file.readline(CHUNK):
                ended = chunk.endswith(b"\n")
                if not dropping:
                    kept += chunk
                    dropping = len(kept) > LONGEST_LINE
                if ended:
                    number += 1
                    yield number, None if dropping else _text(kept)
                    kept, dropping = b"", False
            if kept:
                yield number + 1, None if dropping else _text(kept)
        except (OSError, EOFError) as error:
            raise Unreadable(f"the file is damaged after line {number}: {error}.") from error


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", errors="surrogateescape").rstrip("\r\n")


def _is_text(text: str) -> bool:
    return text.isascii() or not any("\udc80" <= character <= "\udcff" for character in text)


def _as_json(number: int, text: str | None) -> Line:
    if text is None:
        return Line(number, None, f"the line is longer than {LONGEST_LINE:,} bytes")
    if not _is_text(text):
        return Line(number, None, "the line is not UTF-8")
    try:
        columns = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return Line(number, None, "the line is not JSON")
    if not isinstance(columns, dict):
        return Line(number, None, "the line is not a JSON object")
    return Line(number, columns)


def _as_csv(head: str | None, physical: Iterator[tuple[int, str | None]], needed: str) -> Iterator[Line]:
    if head is None or not _is_text(head):
        raise Unreadable("the first line is neither JSON nor the head of a CSV table.")
    names = [name.strip() for name in next(csv.reader([head.lstrip("\ufeff")]), [])]
    if needed not in names:
        raise Unreadable(f"the first line names no column “{needed}”.")
    csv.field_size_limit(LONGEST_LINE + 1)
    for number, text, problem in _records(physical):
        if text is None:
            yield Line(number, None, problem)
            continue
        try:
            values = next(csv.reader([text], strict=True), [])
        except csv.Error:
            yield Line(number, None, "the line is not CSV")
            continue
        if len(values) != len(names):
            yield Line(number, None, f"the line has {len(values)} columns instead of {len(names)}")
        else:
            yield Line(number, dict(zip(names, values, strict=True)))


def _records(physical: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, str | None, str]]:
    """Lines put together where a quoted value goes on in the next; numbered by where they begin."""
    held, began = "", 0
    for number, text in physical:
        if text is None or not _is_text(text):
            problem = "the line is not UTF-8" if text is not None else f"the line is longer than {LONGEST_LINE:,} bytes"
            yield began or number, None, problem
            held, began = "", 0
            continue
        if not held and not text.strip():
            continue
        held, began = (f"{held}\n{text}" if began else text), began or number
        if held.count('"') % 2 and len(held) <= LONGEST_LINE:
            continue
        yield began, held, ""
        held, began = "", 0
    if began:
        yield began, None, "a quotation mark is not closed before the end of the file"
