"""Take over products from a file (`--help` tells the options)."""

import csv
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from tqdm import tqdm

from commerce.catalog.importing.running import Total, import_products
from commerce.vendors.models import Vendor
from community.foundation.problems import Problem
from community.reviews.importing.reading import Unreadable


class Command(BaseCommand):
    help = "Import products for a vendor: CSV (plain or gzip) or XLSX. Exit code 3 if any line was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="products, one variant a line: subject, title, sku, price, …")
        parser.add_argument("--vendor", required=True, help="address of the vendor")
        parser.add_argument(
            "--seed", type=int, help="make up missing prices and stock, the same again by the same seed"
        )
        parser.add_argument("--refused", type=Path, help="where refused lines go (default: the data folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        vendor = Vendor.objects.open().filter(slug=options["vendor"]).first()
        if vendor is None:
            raise CommandError(f"There is no open vendor “{options['vendor']}”.", returncode=2)
        refusals: Path = options["refused"] or settings.DATA_DIR / "imports" / f"{file.name}.refused.csv"
        try:
            with tqdm(desc="products", file=sys.stderr, mininterval=1) as bar:
                total = import_products(
                    file=file, vendor=vendor, seed=options["seed"], tell=lambda done: bar.update(done - bar.n)
                )
        except (Unreadable, Problem, OSError) as error:
            with override("en"):  # as every command speaks
                raise CommandError(str(getattr(error, "detail", error)), returncode=2) from error
        self._report(total, refusals)

    def _report(self, total: Total, refusals: Path) -> None:
        refusals.parent.mkdir(parents=True, exist_ok=True)
        with refusals.open("w", newline="", encoding="utf-8") as paper:
            csv.writer(paper).writerows([("line", "reason"), *total.refused])
        if total.unchanged:
            self.stdout.write(f"{total.unchanged} were here already and cost the same")
        self.stdout.write(
            f"imported {total.imported}, updated {total.updated}, refused {len(total.refused)} → {refusals}"
        )
        if total.refused:
            sys.exit(3)
