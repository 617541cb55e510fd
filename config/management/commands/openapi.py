"""Write docs/openapi.yaml, or with --check say whether it is what the code says."""

import io
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the document is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        out = io.StringIO()
        call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
        document = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
        if not options["check"]:
            document.write_text(out.getvalue(), encoding="utf-8")
        elif document.read_text(encoding="utf-8").strip() != out.getvalue().strip():
            self.stderr.write("docs/openapi.yaml is not what the code says: run `make openapi` and commit it.")
            sys.exit(1)
