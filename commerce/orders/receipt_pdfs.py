"""Receipts as PDF, on A4, with an open font that has every Korean syllable. The same words as the page."""

import functools
import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from commerce import money
from commerce.orders.receipts import Receipt, Row, seller, sums
from community.site import present

FONTS = settings.BASE_DIR / "static/vendor/pretendard/ttf"
PLAIN, BOLD = "Pretendard", "Pretendard-Bold"
INK, SOFT, LINE = HexColor("#1d2328"), HexColor("#59626a"), HexColor("#d8d3c8")
WIDTHS = (88 * mm, 18 * mm, 32 * mm, 36 * mm)


def written(receipt: Receipt) -> bytes:
    """The PDF of a receipt, in the reader's language."""
    _fonts()
    file = io.BytesIO()
    title = _("Receipt %(number)s") % {"number": receipt.number}
    paper = SimpleDocTemplate(
        file, pagesize=A4, title=title, author=str(present.site().name), leftMargin=18 * mm, rightMargin=18 * mm,
        topMargin=18 * mm, bottomMargin=18 * mm,
    )  # fmt: skip
    paper.build([*_head(receipt), *_parts(receipt), *_sums(receipt)], onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


@functools.cache
def _fonts() -> None:
    for name, file in ((PLAIN, "Pretendard-Regular.ttf"), (BOLD, "Pretendard-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))


def _style(size: float = 9, *, bold: bool = False, soft: bool = False, right: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{soft}{right}",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=size * 1.5,
        textColor=SOFT if soft else INK,
        alignment=TA_RIGHT if right else 0,
        wordWrap="CJK",
    )


def _text(words: str, size: float = 9, **how: bool) -> Paragraph:
    return Paragraph(escape(words), _style(size, **how))


def _head(receipt: Receipt) -> list[Any]:
    day = date_format(timezone.localtime(receipt.at), "DATETIME_FORMAT")
    return [
        _text(_("Receipt"), 20, bold=True),
        Spacer(1, 3 * mm),
        _text(_("Purchase %(number)s, paid on %(day)s") % {"number": receipt.number, "day": day}),
        _text(_("For %(name)s") % {"name": receipt.buyer}),
        _text(_("Bought at %(site)s") % {"site": present.site().name}, soft=True),
        Spacer(1, 6 * mm),
    ]


def _parts(receipt: Receipt) -> Iterable[Any]:
    for part in receipt.parts:
        yield KeepTogether(
            [_text(part.vendor.name, 12, bold=True), _text(seller(part), 7.5, soft=True), Spacer(1, 2 * mm)]
        )
        rows = [[_text(words, 8, soft=True, right=place > 0) for place, words in enumerate(_columns())]]
        rows += [_row(row) for row in part.rows]
        rows.append([_text(_("Sum of this vendor"), bold=True), "", "", _money(part.amount, bold=True)])
        table = Table(rows, colWidths=WIDTHS, repeatRows=1)
        table.setStyle(
            TableStyle([
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ])
        )  # fmt: skip
        yield table
        yield Spacer(1, 7 * mm)


def _columns() -> tuple[str, ...]:
    return _("What"), _("Number"), _("Price of one"), _("Amount")


def _row(row: Row) -> list[Any]:
    about = [_text(row.title)]
    about += [_text(words, 7.5, soft=True) for words in _about(row)]
    return [about, _text(str(row.quantity), right=True), _money(row.unit_price), _money(row.amount)]


def _about(row: Row) -> list[str]:
    told = [row.details, row.label]
    told += [f"{name} −{money.formatted(amount)}" for name, amount in row.taken]
    if row.cancelled:
        told.append(_("%(n)d cancelled") % {"n": row.cancelled})
    if row.returned:
        told.append(_("%(n)d returned") % {"n": row.returned})
    return [words for words in told if words]


def _money(amount: int, **how: bool) -> Paragraph:
    return _text(money.formatted(amount), right=True, **how)


def _sums(receipt: Receipt) -> list[Any]:
    rows = [[_text(words, bold=counts), _money(amount, bold=counts)] for words, amount, counts in sums(receipt)]
    rows += [[_text(label, soft=True), _money(amount)] for label, amount in receipt.labels]
    table = Table(rows, colWidths=(60 * mm, 36 * mm), hAlign="RIGHT")
    table.setStyle(TableStyle([("RIGHTPADDING", (-1, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]))
    return [table]


def _foot(canvas: Any, paper: Any) -> None:
    canvas.setFont(PLAIN, 7.5)
    canvas.setFillColor(SOFT)
    canvas.drawString(18 * mm, 10 * mm, f"{present.site().name} · {settings.SITE_URL}")
    canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(paper.page))
