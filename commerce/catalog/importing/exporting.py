"""A vendor's products as a table that can be imported again: one line a variant.

What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

from commerce import money
from commerce.catalog import registering
from commerce.catalog.importing import workbooks
from commerce.catalog.models import ProductState, Variant
from commerce.vendors.models import Vendor
from community.foundation.exports import harmless

HEAD = ("subject", "title", "sku", "price", "on_hand", "category", "kind", "summary", "description", "options")
BATCH = 1000


def rows_of(vendor: Vendor, viewer: Any) -> Iterator[list[str]]:
    """The lines below HEAD, as `viewer` may read them: what is on hand is for the vendor's staff."""
    rows = Variant.objects.filter(vendor=vendor, active=True).exclude(product__state=ProductState.REMOVED)
    ids = list(rows.order_by("product_id", "position", "id").values_list("pk", flat=True))
    for begin in range(0, len(ids), BATCH):
        yield from _lines(ids[begin : begin + BATCH], viewer)


def as_csv(vendor: Vendor, viewer: Any) -> bytes:
    """UTF-8 with a mark at its start, by which spreadsheets know it."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper)
    writer.writerows([HEAD, *rows_of(vendor, viewer)])
    return paper.getvalue().encode("utf-8-sig")


def as_xlsx(vendor: Vendor, viewer: Any) -> bytes:
    book = workbooks.library().Workbook(write_only=True)
    sheet = book.create_sheet("products")
    for row in [list(HEAD), *rows_of(vendor, viewer)]:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(ids: list, viewer: Any) -> Iterator[list[str]]:
    rows = Variant.objects.select_related("product__subject", "product__category").in_bulk(ids)
    extra = registering.variant_fields().get("on_hand")
    on_hand = extra.read(ids, viewer) if extra and extra.read else {}
    for pk in ids:
        variant, product = rows[pk], rows[pk].product
        options = "; ".join(f"{name}={value}" for name, value in variant.options.items())
        number = on_hand.get(pk)
        yield list(
            map(
                harmless,
                [
                    product.subject.slug, product.title, variant.sku, money.to_text(variant.price),
                    "" if number is None else str(number), product.category.slug, product.kind, product.summary,
                    product.source, options,
                ],
            )
        )  # fmt: skip
