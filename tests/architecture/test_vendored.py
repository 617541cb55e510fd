"""What we serve of others is what the manifest says, with its licence."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"


def test_every_vendored_file_is_what_the_manifest_says() -> None:
    done = subprocess.run([sys.executable, VENDOR / "refresh", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_vendored_besides_and_each_package_brings_its_licence() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    listed = {place for entry in manifest.values() for place in entry["files"]}
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert there - listed == {"manifest.json", "icons.txt", "refresh"}
    for name, entry in manifest.items():
        assert entry["licence"], name
        assert any("LICENSE" in place for place in entry["files"]), name
