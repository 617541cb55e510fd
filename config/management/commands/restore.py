from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config import backups, env
from config.processes import CannotRun, only_one


class Command(BaseCommand):
    help = "Put the site into the state of a backup. Stop the site first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Replace all that the site holds now.")
        parser.add_argument("--check", action="store_true", help="Compare the check sums only.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                manifest = backups.check(options["file"])
                self.stdout.write(f"{options['file']} is whole: made {manifest['made_at']}.")
                return
            with only_one(settings.DATA_DIR):
                files = backups.restore(options["file"], replace=options["replace"])
        except (backups.BackupError, CannotRun) as error:
            env.refuse(str(error))
        self.stdout.write(f"Restored, with {files} uploaded files.")
