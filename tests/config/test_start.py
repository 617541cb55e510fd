"""What a process loads before anything is asked of it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = "import django, sys; django.setup(); import config.urls; print('openpyxl' in sys.modules)"
NOWHERE = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c", "REDIS_URL": "redis://127.0.0.1:1/0"}


def test_the_library_of_workbooks_is_read_with_the_first_workbook(tmp_path: Path) -> None:
    told = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "MADANG_DATA": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        **NOWHERE,
    }
    done = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr
