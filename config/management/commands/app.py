"""Scaffold a feature: `make app NAME=community.polls` makes the app, its template and test folders."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

WINGS = ("community", "commerce", "recommendations")


class Command(BaseCommand):
    help = "Make the folders of a new app: NAME is wing.app, e.g. community.polls."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="wing.app")

    def handle(self, *args: Any, **options: Any) -> None:
        wing, _, app = options["name"].partition(".")
        if wing not in WINGS or not app.isidentifier() or not app.islower():
            raise CommandError(
                f"{options['name']!r} names no app: write wing.app, the wing one of {', '.join(WINGS)}, "
                "the app in small letters, like `make app NAME=community.polls`.",
                returncode=2,
            )
        root = Path(settings.BASE_DIR)
        folder = root / wing / app
        if folder.exists():
            raise CommandError(f"{folder} is there already.", returncode=2)
        for path, text in _files(wing, app).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        self.stdout.write(
            f"Made {wing}/{app}. Add it to {wing.upper()}_APPS in config/settings.py, left of what it may not import."
        )


def _files(wing: str, app: str) -> dict[str, str]:
    label, title = f"{wing}_{app}", app.title().replace("_", "")
    return {
        f"{wing}/{app}/__init__.py": "",
        f"{wing}/{app}/apps.py": (
            "from django.apps import AppConfig\n\n\n"
            f"class {title}Config(AppConfig):\n"
            f'    """What {app.replace("_", " ")} are for, in one sentence."""\n\n'
            f'    name = "{wing}.{app}"\n    label = "{label}"\n'
        ),
        f"{wing}/{app}/models.py": f'"""The rows of {app.replace("_", " ")}."""\n',
        f"{wing}/{app}/urls.py": f'"""Pages of {app.replace("_", " ")}."""\n\napp_name = "{label}"\nurlpatterns: list = []\n',
        f"{wing}/{app}/api.py": f'"""REST resources of {app.replace("_", " ")}."""\n\nurlpatterns: list = []\n',
        f"{wing}/{app}/migrations/__init__.py": "",
        f"templates/{wing}/{app}/.gitkeep": "",
        f"tests/{wing}/{app}/__init__.py": "",
    }
