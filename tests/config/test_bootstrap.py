"""What make does on a machine where nothing is there yet."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.running import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The bootstrap in a folder of its own, with lock files that ask for nothing."""
    (tmp_path / "config").mkdir()
    shutil.copy(ROOT / "config" / "bootstrap.py", tmp_path / "config")
    for name in ("requirements.txt", "requirements-dev.txt", "manage.py"):
        (tmp_path / name).write_text("# nothing\n")
    return tmp_path


def bootstrap(project: Path, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "config/bootstrap.py", *words],
        cwd=project,
        env={**os.environ, "PATH": path or os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_environment_is_made_once_and_again_when_the_locks_change(project: Path) -> None:
    first = bootstrap(project)
    assert first.returncode == 0
    assert first.stderr.splitlines() == ["Making .venv …", "Installing the locked requirements …"]
    assert (project / ".venv" / "bin" / "python").exists()
    assert bootstrap(project).stderr == ""
    (project / "requirements.txt").write_text("# something else\n")
    assert bootstrap(project).stderr.splitlines() == ["Installing the locked requirements …"]
    assert bootstrap(project).stderr == ""


def test_a_requirement_without_its_hash_is_refused(project: Path) -> None:
    (project / "requirements.txt").write_text("django==5.2\n")
    told = bootstrap(project)
    assert told.returncode == 2
    assert "The requirements could not be installed: see pip's words above, then run make again." in told.stderr
    assert bootstrap(project).returncode == 2


def test_without_a_chromium_the_browser_tests_are_skipped_in_words(project: Path, tmp_path: Path) -> None:
    bootstrap(project, "--dev")
    bare = tmp_path / "bare"
    bare.mkdir()
    told = bootstrap(project, "--dev", path=str(bare))
    assert told.returncode == 0
    assert told.stderr == ("There is no Chromium here: the browser tests will be skipped. Install it to run them.\n")


def test_the_recipe_of_run_ends_in_one_exec() -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "run"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert planned[-1] == "exec .venv/bin/python manage.py up "


def test_ci_calls_check_and_then_prove() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines[-3:] == ["export CI=1", "make check", "make prove"]
    assert "set -eu" in lines
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    planned = subprocess.run(
        ["make", "--dry-run", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert planned.splitlines()[-1].startswith("exec .venv/bin/pytest -n auto")
