"""Compare every registered counter with the rows it counts; mend the differences unless --check."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from community.foundation import counters


class Command(BaseCommand):
    help = "Recompute the counters that lists show. With --check nothing is written and a difference exits 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only report")

    def handle(self, *args: Any, **options: Any) -> None:
        different = 0
        for counter in counters.all_counters():
            with transaction.atomic():
                count = counter.wrong().count() if options["check"] else counter.mend()
            if count:
                self.stdout.write(f"{counter.model}.{counter.field}: {count} rows differed")
            different += count
        self.stdout.write(f"{different} rows differed" + ("" if options["check"] else ", all mended"))
        if options["check"] and different:
            sys.exit(1)
