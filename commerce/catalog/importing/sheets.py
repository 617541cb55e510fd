"""Tables from strangers as lines: CSV by the reader of the reviews' import, XLSX under bounds of its own.

An XLSX file is a ZIP archive: it is measured by really unpacking it, bounded, before a parser sees it, and refused when
it grows too large or declares entities (which can grow without end inside the parser).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from commerce.catalog.importing import workbooks
from community.reviews.importing.reading import Line, Source, Unreadable

MOST_ROWS, MOST_COLUMNS = 20_000, 40
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 200
CHUNK = 1 << 16
ZIP_MAGIC = b"PK\x03\x04"


def lines_of(path: Path) -> Iterator[Line]:
    """Every line below the head. Raises Unreadable for a file that is no table, damaged, or too large."""
    with path.open("rb") as file:
        is_archive = file.read(4) == ZIP_MAGIC
    if is_archive:
        yield from _xlsx(path)
        return
    source = Source(path)
    try:
        yield from source.lines()
    finally:
        source.close()


def _xlsx(path: Path) -> Iterator[Line]:
    _refuse_bombs(path)
    try:
        book = workbooks.library().load_workbook(path, read_only=True, data_only=False, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        head = [str(cell.value or "").strip() for cell in next(rows, ())]
    except Exception as error:  # a parser of hostile files raises nearly anything
        raise Unreadable(_("The file is no workbook that can be read. Save it anew as XLSX or CSV.")) from error
    if "subject" not in head:
        raise Unreadable(_("The first row names no column “subject”. Export your products to see the form."))
    for number, cells in enumerate(_bounded(rows), 2):
        if number > MOST_ROWS + 1:
            raise Unreadable(_("The table has more than 20,000 rows. Split it into several files."))
        if any(cell.data_type == "f" for cell in cells):
            yield Line(number, None, _("a cell holds a formula; enter its value instead"))
        elif any(cell.value not in (None, "") for cell in cells):
            yield Line(number, {name: _text(cell.value) for name, cell in zip(head, cells, strict=False) if name})


def _bounded(rows: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from rows
    except Exception as error:
        raise Unreadable(_("The file is no workbook that can be read. Save it anew as XLSX or CSV.")) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refuse_bombs(path: Path) -> None:
    too_large = Unreadable(
        _("The file unpacks to more than a table of products needs. Save it without pictures, or as CSV.")
    )
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise too_large
            for part in archive.infolist():
                with archive.open(part) as content:
                    tail = b""
                    while chunk := content.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise too_large
                        if b"<!ENTITY" in tail + chunk or b"<!DOCTYPE" in tail + chunk:
                            raise Unreadable(
                                _("The file declares entities, which no table needs. Save it anew as XLSX or CSV.")
                            )
                        tail = chunk[-16:]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(_("The file is no workbook that can be read. Save it anew as XLSX or CSV.")) from error
