"""A whole import of products: preview or storing, with progress, and what was refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.catalog.importing.checking import Refusal, Row, check
from commerce.catalog.importing.sheets import lines_of
from commerce.catalog.importing.storing import store
from commerce.catalog.importing.subjects import Subjects
from commerce.catalog.locks import require_seller
from commerce.catalog.models import Variant
from commerce.vendors.models import Vendor
from community.foundation.problems import Conflict

BATCH = 1000
LOCK = 0x6D61_6463
"""First half of an advisory lock ("madc"); the second names the vendor: one import of each at a time."""
SHOWN = 20
Tell = Callable[[int], None]


class ImportUnderWay(Conflict):
    code = "import_under_way"
    detail = gettext_lazy("Another import for this vendor is running. Wait until it is done, then start again.")


@dataclass
class Total:
    """What became of a file; `refused` holds (line number, reason)."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Preview:
    """What would become of a file: the first rows, with whether their SKU is known, and what would be refused."""

    new: int = 0
    known: int = 0
    first: list[tuple[Row, bool]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def preview_products(*, file: Path, vendor: Vendor) -> Preview:
    """Look through the whole file without changing anything. Raises Unreadable."""
    preview = Preview()
    for rows, refused in _batches(file, None):
        skus = Variant.objects.filter(vendor=vendor, sku__in=[row.sku for row in rows])
        known = set(skus.values_list("sku", flat=True))
        preview.refused += refused
        preview.known += sum(row.sku in known for row in rows)
        preview.new += sum(row.sku not in known for row in rows)
        preview.first += [(row, row.sku in known) for row in rows[: SHOWN - len(preview.first)]]
    return preview


def import_products(
    *, file: Path, vendor: Vendor, by: Any = None, seed: int | None = None, tell: Tell = lambda done: None
) -> Total:
    """Take over the products of `file` for a vendor, on sale at once; with `seed`, missing prices and stock are made up.

    Killed half-way, it has stored whole batches and may simply be run again. `tell(lines)` hears of the progress.
    `by` is None for an operator's command. Raises Unreadable, ImportUnderWay, NotYourProduct.
    """
    if by is not None:
        require_seller(by, vendor)
    total, done = Total(), 0
    with _alone(vendor):
        subjects = Subjects()
        for rows, refused in _batches(file, seed):
            outcome = store(rows, vendor=vendor, by=by, subjects=subjects)
            total.imported += outcome.imported
            total.updated += outcome.updated
            total.unchanged += outcome.unchanged
            total.refused += sorted([*refused, *outcome.refused])
            done += len(rows) + len(refused)
            tell(done)
        if total.imported:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE commerce_catalog_product, commerce_catalog_variant")
    return total


def _batches(file: Path, seed: int | None) -> Iterator[tuple[list[Row], list[tuple[int, str]]]]:
    from_here = Subjects().categories
    seen: set[str] = set()
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    for line in lines_of(file):
        try:
            if line.columns is None:
                raise Refusal(line.problem)
            row = check(line.number, line.columns, seed=seed)
            if row.category and row.category not in from_here:
                raise Refusal(_("there is no category “%(slug)s”") % {"slug": row.category})
            if row.sku in seen:
                raise Refusal(_("the SKU “%(sku)s” stands in an earlier line") % {"sku": row.sku})
            seen.add(row.sku)
            rows.append(row)
        except Refusal as refusal:
            refused.append((line.number, str(refusal)))
        if len(rows) + len(refused) >= BATCH:
            yield rows, refused
            rows, refused = [], []
    if rows or refused:
        yield rows, refused


class _alone:  # noqa: N801  (a context manager)
    """One import of a vendor at a time, held by the connection and let go with it."""

    def __init__(self, vendor: Vendor) -> None:
        self.keys = [LOCK, vendor.pk.int % 2**31]

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self.keys)
            if not cursor.fetchone()[0]:
                raise ImportUnderWay

    def __exit__(self, *_exc: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self.keys)
