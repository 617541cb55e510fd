"""Count many things at once: by a page of the desk, or by a CSV file of SKUs and numbers. Each row stands for itself."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.catalog.models import ProductKind, ProductState, Variant
from commerce.stock import counting
from commerce.stock.errors import WrongQuantity
from commerce.vendors.models import Vendor
from community.foundation.problems import Invalid, Problem, TooLarge

MOST_ROWS, MOST_BYTES = 20_000, 2_000_000
COLUMNS = ("sku", "on_hand")


class NotAList(Invalid):
    """The file is no CSV with the columns that are needed."""

    code = "invalid_file"
    detail = gettext_lazy("That is no CSV file with the columns sku and on_hand. Download the list and fill that in.")


@dataclass(frozen=True)
class Result:
    """What became of one row: the number before and after, or why it was refused."""

    sku: str
    before: int | None = None
    after: int | None = None
    refused: str = ""


def countable(vendor: Vendor) -> QuerySet[Variant]:
    """The vendor's variants of which there can be a number on hand, each with its stock if it was ever counted."""
    rows = Variant.objects.filter(vendor=vendor, active=True).exclude(product__kind=ProductKind.DIGITAL)
    return rows.exclude(product__state=ProductState.REMOVED).select_related("product", "stock")


def take_stock(*, by: Any, vendor: Vendor, counts: Iterable[tuple[str, str]], note: str = "") -> list[Result]:
    """Set what was counted of each SKU. A row that is refused stops none of the others."""
    wanted = list(counts)
    known = {variant.sku: variant for variant in countable(vendor).filter(sku__in=[sku for sku, _number in wanted])}
    return [_count(by, known.get(sku), sku, number, note) for sku, number in wanted]


def read_counts(file: Any) -> list[tuple[str, str]]:
    """(SKU, number) of each line of a CSV file that has both. Raises NotAList, TooLarge."""
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge
    try:
        lines = csv.DictReader(io.StringIO(_text(raw), newline=""), strict=True)
        if lines.fieldnames is None or not set(COLUMNS) <= {name.strip().lower() for name in lines.fieldnames}:
            raise NotAList
        lines.fieldnames = [name.strip().lower() for name in lines.fieldnames]
        rows = [((row["sku"] or "").removeprefix("'").strip(), (row["on_hand"] or "").strip()) for row in lines]
    except csv.Error as error:
        raise NotAList from error
    if len(rows) > MOST_ROWS:
        raise TooLarge
    return [(sku, number) for sku, number in rows if sku and number]


def written_counts(vendor: Vendor) -> Iterator[tuple[str, ...]]:
    """The list to fill in: a header, then SKU, number on hand, title and options of each variant."""
    yield (*COLUMNS, "title", "options")
    for variant in countable(vendor).order_by("product__title", "position", "pk").iterator(2_000):
        stock = getattr(variant, "stock", None)
        yield variant.sku, str(stock.on_hand) if stock else "", variant.product.title, variant.label


def _count(by: Any, variant: Variant | None, sku: str, number: str, note: str) -> Result:
    if variant is None:
        return Result(sku, refused=_("You have nothing with this SKU that can be counted."))
    before = getattr(getattr(variant, "stock", None), "on_hand", None)
    try:
        if not (number.isascii() and number.isdigit() and len(number) <= 9):
            raise WrongQuantity
        with transaction.atomic():
            stock = counting.set_on_hand(by=by, variant=variant, on_hand=int(number), note=note)
    except Problem as problem:
        return Result(sku, before, refused=str(problem.detail))
    return Result(sku, before, stock.on_hand)


def _text(raw: bytes) -> str:
    """Spreadsheets write UTF-8, or the Korean code page of Windows."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotAList
