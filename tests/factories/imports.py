"""Files of order lines, and the command that takes them over, for tests."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from commerce.vendors.models import Vendor
from tests.factories.catalog import a_shop

COLUMNS = ("order", "at", "member", "sku", "title", "quantity", "unit_price", "country")


def line(
    order: str = "536365", sku: str = "85123A", quantity: object = 6, price: object = "2.55", **said: object
) -> dict:
    told = {
        "at": "2010-12-01T08:26:00Z",
        "member": "customer-17850",
        "title": f"THING {sku}",
        "country": "United Kingdom",
    }
    return {"order": order, "sku": sku, "quantity": quantity, "unit_price": price, **told, **said}


def written(tmp_path: Path, *lines: dict | str, name: str = "in.csv") -> Path:
    file, out = tmp_path / name, StringIO(newline="")
    if "csv" in name:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for one in lines:
            if isinstance(one, str):
                out.write(one + "\n")
            else:
                writer.writerow([one.get(column, "") for column in COLUMNS])
    else:
        out.write("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines) + "\n")
    data = out.getvalue().encode("utf-8", "surrogatepass")
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return file


def run(
    tmp_path: Path, *lines: dict | str, vendor=None, rate: str = "1900", name: str = "in.csv", file=None, **options
):
    """The last line said, the exit code, and the refusals by line."""
    vendor = vendor or shop()
    out, refused, code = StringIO(), tmp_path / "refused.csv", 0
    file = file or written(tmp_path, *lines, name=name)
    try:
        call_command(
            "import_orders",
            str(file),
            vendor=vendor.slug,
            rate=rate,
            refused=refused,
            stdout=out,
            stderr=StringIO(),
            **options,
        )
    except SystemExit as end:
        code = int(end.code or 0)
    with refused.open(encoding="utf-8") as paper:
        reasons = {int(number): reason for number, reason in list(csv.reader(paper))[1:]}
    return out.getvalue().strip().splitlines()[-1].partition(" →")[0], code, reasons


def shop():
    return Vendor.objects.first() or a_shop()
