"""Run tests with one guard stripped, in a process of its own: `python -m tests.concurrency.stripping <guard>`.

An app lists what guards its money or stock in tests/<wing>/<app>/guards.py:

    GUARDS = [
        Guard(
            name="ledger.lock",
            file="commerce/ledger/posting.py",
            strip="held = lock(leg.account for leg in legs)",
            put="held = {leg.account.pk: leg.account for leg in legs}",
            tests=["tests/concurrency/test_ledger.py::test_two_who_spend_the_same_units_spend_them_once"],
        ),
        Guard(name="stock.check", sql=["ALTER TABLE … DROP CONSTRAINT …"], tests=[…]),
    ]

`make prove` strips each in turn (test_stripped_guards.py) and demands that a test fails; with `every`, that all do. The
text in `strip` must stand in the file exactly once, which an ordinary test holds, so that a list never grows stale.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 240


@dataclass(frozen=True)
class Guard:
    """What holds something, how it is taken away (text of a file, or statements on the database), and who must notice."""

    name: str
    tests: list[str]
    file: str = ""
    strip: str = ""
    put: str = ""
    sql: list[str] = field(default_factory=list)
    every: bool = False


def guards() -> list[Guard]:
    """Every guard of every app that lists some, in the order of their folders."""
    found: list[Guard] = []
    for path in sorted(ROOT.glob("tests/*/*/guards.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found += import_module(module).GUARDS
    return found


@dataclass(frozen=True)
class Verdict:
    """How the tests of a guard went without it."""

    passed: int
    failed: int
    output: str


def run_without(guard: Guard) -> Verdict:
    """Run the guard's tests without it. Raises AssertionError if they did not run at all."""
    command = [sys.executable, "-m", "tests.concurrency.stripping", guard.name]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    own["TOX_PARALLEL_ENV"] = f"stripped_{worker}"  # pytest-django's word for a database of one's own
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=LONGEST, check=False)
    tail = done.stdout[-3000:] + done.stderr[-1000:]
    counted = [line for line in done.stdout.splitlines() if line.startswith("stripped: ")]
    assert counted, f"the tests did not run:\n{tail}"
    passed, failed = map(int, counted[-1].split()[1:3])
    assert passed + failed, f"no test ran:\n{tail}"
    return Verdict(passed, failed, tail)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads one module from its changed text, never from or into a cache."""

    guard: Guard

    def get_code(self, fullname: str) -> Any:
        text = Path(self.path).read_text(encoding="utf-8")
        if text.count(self.guard.strip) != 1:
            raise ImportError(f"{self.guard.strip!r} stands {text.count(self.guard.strip)} times in {self.path}")
        return compile(text.replace(self.guard.strip, self.guard.put), self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._module = ".".join(Path(guard.file).with_suffix("").parts)

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != self._module:
            return None
        loader = _Loader(fullname, str(ROOT / self._guard.file))
        loader.guard = self._guard
        return importlib.util.spec_from_loader(fullname, loader)


class _Plugin:
    """Strips what the database guards, and counts."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self.passed = self.failed = 0

    @pytest.fixture(scope="session", autouse=True)
    def _without(self, django_db_setup: None, django_db_blocker: Any) -> None:
        from django.db import connection  # noqa: PLC0415  (settings are not there when this module is loaded)

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for statement in self._guard.sql:
                cursor.execute(statement)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call" and report.passed:
            self.passed += 1
        elif report.when == "call" and report.failed:
            self.failed += 1


def main(name: str) -> int:
    guard = next(one for one in guards() if one.name == name)
    if guard.file:
        sys.meta_path.insert(0, _Finder(guard))
    plugin = _Plugin(guard)
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=line"]
    code = pytest.main([*options, *guard.tests], plugins=[plugin])
    print(f"stripped: {plugin.passed} {plugin.failed}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
