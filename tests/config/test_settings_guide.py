"""docs/guides/settings.md names every setting that the code reads from the environment."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r"env\.(?:text|flag|url|integer|words|folder)\(\s*[\"']([A-Z_0-9]+)[\"']")
FOR_TESTS = {"PYTEST_XDIST_WORKER"}


def test_the_guide_names_every_setting() -> None:
    guide = set(re.findall(r"`([A-Z][A-Z_0-9]+)`", (ROOT / "docs/guides/settings.md").read_text(encoding="utf-8")))
    code = " ".join(
        path.read_text(encoding="utf-8")
        for wing in ("config", "community", "commerce", "recommendations")
        for path in (ROOT / wing).rglob("*.py")
    )
    assert set(READ.findall(code)) - FOR_TESTS - guide == set()
