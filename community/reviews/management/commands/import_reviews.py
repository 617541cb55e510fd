"""Take over reviews or ratings from a file (`--help` tells the options)."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from community.foundation.problems import Problem
from community.reviews.importing.reading import Unreadable
from community.reviews.importing.running import import_reviews
from community.subjects.models import Category


class Command(BaseCommand):
    help = "Import reviews: JSON lines or CSV, plain or gzip. Exit code 3 if any line was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="reviews or ratings, one a line")
        parser.add_argument("--titles", type=Path, help="a catalogue: subject, title, and what is told of it")
        parser.add_argument("--category", help="address of the category for new subjects (default: by their keys)")
        parser.add_argument("--authors-are-members", action="store_true", help="one author name is one member")
        parser.add_argument("--refused", type=Path, help="where refused lines go (default: the data folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        refusals = options["refused"] or settings.DATA_DIR / "imports" / f"{file.name}.refused.csv"
        category = None
        if options["category"]:
            category = Category.objects.filter(slug=options["category"]).first()
            if category is None:
                raise CommandError(f"There is no category “{options['category']}”.", returncode=2)
        bar = _Bar()
        try:
            total = import_reviews(
                file=file,
                titles=options["titles"],
                category=category,
                authors_are_members=options["authors_are_members"],
                refusals=refusals,
                tell=bar.tell,
            )
        except (Unreadable, Problem, OSError) as error:
            raise CommandError(str(getattr(error, "detail", error)), returncode=2) from error
        finally:
            bar.close()
        if total.unchanged:
            self.stdout.write(f"{total.unchanged} were here already and say the same")
        self.stdout.write(f"imported {total.imported}, updated {total.updated}, refused {total.refused} → {refusals}")
        if total.refused:
            sys.exit(3)


class _Bar:
    """A progress bar for each stage, on the error stream."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            unit = {"unit": "B", "unit_scale": True} if stage == "reviews" else {}
            self._stage, self._bar = stage, tqdm(total=total, desc=stage, file=sys.stderr, mininterval=1, **unit)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
