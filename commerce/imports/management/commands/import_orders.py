"""Take over orders of another shop from a file (`--help` tells the options)."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from tqdm import tqdm

from commerce.imports.checking import read_rate
from commerce.imports.running import Total, import_orders
from commerce.vendors.models import Vendor
from community.foundation.problems import Problem
from community.reviews.importing.reading import Unreadable
from community.subjects.models import Category


class Command(BaseCommand):
    help = "Import orders for a vendor: CSV or JSON lines, plain or gzip. Exit code 3 if any line was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="order lines: order, at, member, sku, title, quantity, unit_price, country"
        )
        parser.add_argument("--vendor", required=True, help="address of the vendor")
        parser.add_argument("--rate", required=True, help="so much of this site's currency is one of the file's: 1900")
        parser.add_argument("--category", help="address of the category for new products (default: the root of goods)")
        parser.add_argument("--refused", type=Path, help="where refused lines go (default: the data folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):  # as every command speaks, and the file of refusals
            self._import(**options)

    def _import(self, **options: Any) -> None:
        file: Path = options["file"]
        refusals: Path = options["refused"] or settings.DATA_DIR / "imports" / f"{file.name}.refused.csv"
        bar = _Bar()
        try:
            total = import_orders(
                file=file,
                vendor=_vendor(options["vendor"]),
                rate=read_rate(options["rate"]),
                category=_category(options["category"]),
                refusals=refusals,
                tell=bar.tell,
            )
        except (Unreadable, Problem, OSError) as error:
            raise CommandError(str(getattr(error, "detail", error)), returncode=2) from error
        finally:
            bar.close()
        self._report(total, refusals)

    def _report(self, total: Total, refusals: Path) -> None:
        if total.unchanged:
            self.stdout.write(f"{total.unchanged} were here already")
        self.stdout.write(f"{total.orders} orders, {total.returned} lines of returns, {total.products} new products")
        self.stdout.write(f"imported {total.sold + total.returned}, refused {total.refused} → {refusals}")
        if total.refused:
            sys.exit(3)


def _vendor(slug: str) -> Vendor:
    vendor = Vendor.objects.open().filter(slug=slug).select_related("team").first()
    if vendor is None:
        raise CommandError(f"There is no open vendor “{slug}”.", returncode=2)
    return vendor


def _category(slug: str | None) -> Category | None:
    category = Category.objects.filter(slug=slug).first() if slug else None
    if slug and category is None:
        raise CommandError(f"There is no category “{slug}”.", returncode=2)
    return category


class _Bar:
    """A progress bar for each stage, on the error stream; moved once in a thousand lines."""

    EVERY = 1000

    def __init__(self) -> None:
        self._stage, self._told = "", 0
        self._bar: Any = None

    def tell(self, stage: str, done: int, size: int) -> None:
        self._told += 1
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=size, desc=stage, file=sys.stderr, mininterval=1, unit="B", unit_scale=True)
        if not self._told % self.EVERY:
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
