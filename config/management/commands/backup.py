from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from community.foundation import clock
from config import env
from config.backups import BackupError, make_backup


class Command(BaseCommand):
    help = "Write everything the site holds into one file with check sums."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="Default: a dated file in backups/ of the data folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        if path is None:
            folder = Path(settings.DATA_DIR) / "backups"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / f"madang-{clock.now():%Y%m%d-%H%M%S}.tar"
        try:
            made = make_backup(path.absolute())
        except BackupError as error:
            env.refuse(str(error))
        self.stdout.write(f"{made.path}  {made.files} files, {made.bytes} bytes, SHA-256 {made.sha256}")
