"""A whole import of orders: from a file to the database, with progress, and a file of what was refused."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from commerce.imports.booking import Books
from commerce.imports.conf import BATCH
from commerce.imports.crediting import store_credits
from commerce.imports.gathering import File, Invoice, Refused, Tell
from commerce.imports.models import ImportedInvoice, InvoiceKind
from commerce.imports.providing import Provider
from commerce.imports.storing import store_sales
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.problems import Conflict
from community.reviews.importing.people import members_named
from community.subjects.models import Category

LOCK = 0x6D61_646F
"""First half of an advisory lock ("mado"); the second names the vendor: one import of orders of each at a time."""
ANALYSED = (
    "commerce_orders_purchase, commerce_orders_order, commerce_orders_orderline, commerce_orders_orderevent, "
    "commerce_imports_importedinvoice, commerce_ledger_transaction, commerce_ledger_entry, community_members_member"
)


class ImportUnderWay(Conflict):
    code = "import_under_way"
    detail = _("Another import of orders for this vendor is running. Wait until it is done, then start again.")


@dataclass
class Total:
    """What became of a file, in lines; and how many orders and products were made of them."""

    sold: int = 0
    returned: int = 0
    unchanged: int = 0
    refused: int = 0
    orders: int = 0
    products: int = 0


@dataclass
class _Fresh:
    """What is new in a batch: sales to make orders of, returns with the rows of their invoices."""

    sales: list[Invoice]
    credits: list[tuple[Invoice, ImportedInvoice]]


def import_orders(
    *,
    file: Path,
    vendor: Vendor,
    rate: Fraction,
    refusals: Path,
    category: Category | None = None,
    tell: Tell = lambda stage, done, size: None,
) -> Total:
    """Take over the order lines of `file` for a vendor; lines that cannot be taken go to `refusals` (CSV: line, reason).

    An order goes in whole or not at all; a return line by line. Killed half-way, whole batches are stored, and it may simply
    be run again: what is there is found by its number. Raises Unreadable, ImportUnderWay.
    """
    total = Total()
    refusals.parent.mkdir(parents=True, exist_ok=True)
    with _alone(vendor), refusals.open("w", newline="", encoding="utf-8") as paper:
        writer = csv.writer(paper)
        writer.writerow(("line", "reason"))
        source = File(file, rate=rate, now=clock.now(), tell=tell)
        survey = source.survey()
        provider, books = Provider(vendor, survey.goods, category), Books(vendor)
        for number, batch in enumerate(_batches(source.invoices(survey))):
            refused = _store(batch, vendor, provider, books, total)
            writer.writerows(sorted(refused))
            paper.flush()
            total.refused += len(refused)
            if not number:
                _analyse()  # what is new here is looked up by every batch to come
        _analyse()
        total.products = provider.made
    return total


def _batches(invoices: Iterable[Invoice]) -> Iterator[list[Invoice]]:
    batch, lines = [], 0
    for invoice in invoices:
        batch.append(invoice)
        lines += len(invoice.rows) + len(invoice.faults)
        if lines >= BATCH:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _store(batch: Sequence[Invoice], vendor: Vendor, provider: Provider, books: Books, total: Total) -> list[Refused]:
    """Store a batch; gives what was refused. Products are made before, in a transaction of their own."""
    refused: list[Refused] = []
    fresh = _fresh(batch, vendor, total, refused)
    provider.provide(row.sku for invoice in fresh.sales for row in invoice.rows)
    whole = []
    for invoice in fresh.sales:
        reason = provider.refusal(row.sku for row in invoice.rows)
        if reason:
            refused += invoice.refused(reason)
        else:
            whole.append(invoice)
    with transaction.atomic():
        invoices = [*whole, *(invoice for invoice, _known in fresh.credits)]
        members = members_named({row.member for invoice in invoices for row in invoice.rows})
        if whole:
            store_sales(whole, vendor=vendor, provider=provider, members=members, books=books)
        returned, faults = store_credits(fresh.credits, members=members, books=books)
    total.sold += sum(len(invoice.rows) for invoice in whole)
    total.orders += len(whole)
    total.returned += returned
    return refused + faults


def _fresh(batch: Sequence[Invoice], vendor: Vendor, total: Total, refused: list[Refused]) -> _Fresh:
    """Sort out what is here already and what cannot be taken."""
    rows = ImportedInvoice.objects.filter(vendor=vendor, number__in=[invoice.number for invoice in batch])
    known = {row.number: row for row in rows}
    fresh = _Fresh([], [])
    for invoice in batch:
        row = known.get(invoice.number)
        if row is not None:
            there = _take_out_known(invoice, row)
            if there is None:
                refused += invoice.refused(
                    "it was taken over before with other lines, and what is booked does not change"
                )
                continue
            total.unchanged += there
        if invoice.is_credit:
            refused += invoice.faults
            if invoice.rows:
                row = row or ImportedInvoice(
                    vendor=vendor,
                    number=invoice.number,
                    kind=InvoiceKind.CREDIT,
                    country=invoice.rows[0].country,
                    lines=[],
                )
                row.vendor = vendor
                fresh.credits.append((invoice, row))
        elif invoice.faults or len({one.member for one in invoice.rows}) > 1:
            refused += invoice.refused(_why_not(invoice))
        elif invoice.rows:
            fresh.sales.append(invoice)
    return fresh


def _why_not(invoice: Invoice) -> str:
    if invoice.faults:
        return f"line {invoice.faults[0][0]} of the same order cannot be taken, and an order goes in whole"
    return "the lines of the order name more than one member"


def _take_out_known(invoice: Invoice, known: ImportedInvoice) -> int | None:
    """Leave what is new in the invoice; gives how many of its lines are here already. None if it says something else than
    before: lines are missing, or a sale has more."""
    there, rest = Counter(known.lines), []
    for row in invoice.rows:
        if there[row.fingerprint]:
            there[row.fingerprint] -= 1
        else:
            rest.append(row)
    if there.total() or (rest and known.kind == InvoiceKind.SALE):
        return None
    invoice.rows = rest
    return len(known.lines)


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {ANALYSED}")


class _alone:  # noqa: N801  (a context manager)
    """One import of a vendor's orders at a time, held by the connection and let go with it."""

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
