"""Keep the catalogues of words: one a feature, in locale/<wing>/<app>/<language>/LC_MESSAGES/django.po.

    manage.py messages                  extract from code and templates, merge, compile
    manage.py messages --check          exit 1 when a catalogue is stale, incomplete or fuzzy
    manage.py messages --compile-only   write the .mo files whose .po is newer

No gettext programs are needed: Babel extracts, merges and compiles; Django's own `templatize` reads templates.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import catalogues


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--compile-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            faults = catalogues.faults()
            for fault in faults:
                self.stdout.write(fault)
            sys.exit(1 if faults else 0)
        if not options["compile_only"]:
            for line in (*catalogues.update(), *catalogues.disagreements()):
                self.stdout.write(line)
        catalogues.compile_stale()
