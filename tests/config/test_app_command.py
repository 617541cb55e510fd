"""`make app NAME=wing.app` scaffolds an app that the project's own checks let pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.running import ROOT

LEFT = {
    ".git",
    ".venv",
    ".madang",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a newcomer's clone, with the environment of this run."""
    folder = tmp_path_factory.mktemp("clone") / "madang"
    shutil.copytree(ROOT, folder, ignore=lambda _folder, names: LEFT & set(names))
    bin_folder = folder / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (bin_folder / "python").chmod(0o755)
    return folder


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run in the copy, as a person would, with the services of this run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "MAKE", "MFLAGS"))}
    environment = {
        **kept,
        "MADANG_DATA": str(ROOT / ".madang" / "tests"),
        "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}",
    }
    if "MADANG_DATA" in kept:
        environment["MADANG_DATA"] = kept["MADANG_DATA"]
    return subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, timeout=250, check=False)


def make_app(copy: Path, name: str) -> subprocess.CompletedProcess[str]:
    """The recipe of `make app`; the environment, which it would look after first, is there already."""
    return run(copy, "make", "-o", "ready-dev", "app", f"NAME={name}")


def declare(copy: Path, name: str) -> None:
    """What the command says is to be done by hand: its place among the apps, and in the contract of the imports."""
    for file, before, added in (
        ("config/settings.py", '    "moderation",\n]', f'    "moderation",\n    "{name}",\n]'),
        ("pyproject.toml", '  "(moderation)", ', f'  "({name})", "(moderation)", '),
    ):
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, added), encoding="utf-8")


def test_a_scaffolded_app_passes_the_architecture_checks_as_it_is(copy: Path) -> None:
    made = make_app(copy, "community.lanterns")
    assert (made.returncode, made.stderr) == (0, "")
    assert "COMMUNITY_APPS in config/settings.py" in made.stdout
    declare(copy, "lanterns")
    checked = run(
        copy,
        sys.executable,
        "-m",
        "pytest",
        "tests/architecture",
        "-q",
        "-m",
        "not django_db",
        "-p",
        "no:cacheprovider",
    )
    assert checked.returncode == 0, checked.stdout[-3000:]
    named = run(
        copy,
        sys.executable,
        "-m",
        "pytest",
        "tests/architecture/test_apps.py",
        "-q",
        "-k",
        "lanterns",
        "-p",
        "no:cacheprovider",
    )
    assert re.search(r"^1 passed", named.stdout, re.M), named.stdout[-3000:]
    for linter in (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("lint-imports",)):
        linted = run(copy, *linter)
        assert linted.returncode == 0, linted.stdout[-3000:]
    migrations = run(copy, sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "community_lanterns")
    assert migrations.returncode == 0, migrations.stderr[-3000:]


@pytest.mark.parametrize(
    "name", ["", "lanterns", "garden.lanterns", "community.Lan-terns", "community.boards", "community."]
)
def test_a_name_that_is_none_or_taken_makes_nothing(copy: Path, name: str) -> None:
    before = {path for path in copy.rglob("*") if "__pycache__" not in path.parts}
    refused = run(copy, sys.executable, "manage.py", "app", name)
    assert refused.returncode == 2
    assert "make app NAME=community.polls" in refused.stderr or "is there already" in refused.stderr
    assert {path for path in copy.rglob("*") if "__pycache__" not in path.parts} == before
