"""Lines put together to invoices. The file is read twice: first to learn how many lines each invoice has and what each SKU
cost last, then to hand out each invoice as soon as its last line is there. Only unfinished invoices are held in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from commerce.catalog.importing.checking import Refusal
from commerce.imports.checking import Row, check, is_credit, order_of
from commerce.imports.conf import MOST_LINES
from community.reviews.importing.reading import Line, Source

Tell = Callable[[str, int, int], None]
Refused = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Goods:
    """What a file tells of an SKU: its last title, and the last price above zero, if it had one."""

    title: str
    price: int


@dataclass
class Survey:
    """What a first look found: lines by invoice, and the goods that were sold."""

    lines: Counter[str] = field(default_factory=Counter)
    goods: dict[str, Goods] = field(default_factory=dict)


@dataclass
class Invoice:
    """The lines of one number, in the order of the file; `faults` are those that cannot be taken."""

    number: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Refused] = field(default_factory=list)

    @property
    def is_credit(self) -> bool:
        return is_credit(self.number)

    @property
    def at(self) -> dt.datetime:
        return min(row.at for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    def refused(self, reason: str) -> list[Refused]:
        """Every line of it, each with its own fault or, for want of one, this reason."""
        return sorted([*self.faults, *((row.number, reason) for row in self.rows)])


class File:
    """A file of order lines under one rate. `tell(stage, done, size)` hears how far reading is."""

    def __init__(self, path: Path, *, rate: Fraction, now: dt.datetime, tell: Tell) -> None:
        self.path, self.rate, self.now, self.tell = path, rate, now, tell

    def survey(self) -> Survey:
        """Look through the whole file. Raises Unreadable."""
        found = Survey()
        for order, read in self._lines("reading"):
            if order:
                found.lines[order] += 1
            if isinstance(read, Row) and read.quantity > 0:
                before = found.goods.get(read.sku)
                found.goods[read.sku] = Goods(read.title, read.unit_price or (before.price if before else 0))
        return found

    def invoices(self, survey: Survey) -> Iterator[Invoice]:
        """Each invoice once, when its last line was read. A line that names none comes as an invoice without number."""
        left, opened = survey.lines.copy(), dict[str, Invoice]()
        for order, read in self._lines("orders"):
            invoice = opened.setdefault(order, Invoice(order)) if order else Invoice("")
            if not isinstance(read, Row):
                invoice.faults.append(read)
            elif survey.lines[order] > MOST_LINES:
                invoice.faults.append((read.number, f"the order has more than {MOST_LINES:,} lines"))
            else:
                invoice.rows.append(read)
            left[order] -= 1
            if left[order] <= 0:
                yield opened.pop(order, invoice)

    def _lines(self, stage: str) -> Iterator[tuple[str, Row | Refused]]:
        """(number of its invoice, row or fault) of each line."""
        source = Source(self.path)
        try:
            for line in source.lines(needed="order"):
                self.tell(stage, source.position, source.size)
                yield self._read(line)
        finally:
            source.close()

    def _read(self, line: Line) -> tuple[str, Row | Refused]:
        if line.columns is None:
            return "", (line.number, line.problem)
        try:
            row = check(line.number, line.columns, rate=self.rate, now=self.now)
        except Refusal as refusal:
            return order_of(line.columns), (line.number, str(refusal))
        return row.order, row
