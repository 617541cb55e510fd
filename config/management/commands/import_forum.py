"""`manage.py import_forum FILE`: take over members, boards, topics and posts (docs/guides/forum-format.md)."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from community.reviews.importing.reading import Unreadable
from config.forum_import.running import import_forum


class Command(BaseCommand):
    help = "Import a forum: JSON lines, plain or gzip. Exit code 3 if any line was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="forum", help="a word that sets the ids of different forums apart")
        parser.add_argument(
            "--match-members", action="store_true", help="who has an account of the same name is the same"
        )
        parser.add_argument("--refused", type=Path, help="where refused lines go (default: the data folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not options["source"].isidentifier() or len(options["source"]) > 12:
            raise CommandError("--source is a word of at most 12 letters.", returncode=2)
        refusals = options["refused"] or settings.DATA_DIR / "imports" / f"{file.name}.refused.csv"
        with tqdm(unit="B", unit_scale=True, file=sys.stderr, mininterval=1, disable=None) as bar:

            def tell(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                total = import_forum(
                    file=file,
                    refusals=refusals,
                    source=options["source"],
                    match_members=options["match_members"],
                    tell=tell,
                )
            except (Unreadable, OSError) as error:
                raise CommandError(str(error), returncode=2) from error
        if total.unchanged:
            self.stdout.write(f"{total.unchanged} were here already and say the same")
        refused = len(total.refused)
        self.stdout.write(f"imported {total.imported}, updated {total.updated}, refused {refused} → {refusals}")
        if refused:
            sys.exit(3)
