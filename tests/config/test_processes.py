"""The parent of a site's parts."""

import os
import signal
import sys
import weakref
from pathlib import Path

import pytest

from config.processes import CannotRun, Part, Site, Told

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


class Object:
    """Something that can be tidied up."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_that_comes_while_python_tidies_up_is_not_lost(tmp_path: Path, capsys) -> None:
    with Site([], tmp_path / "parts.json") as site:
        dying = Object()
        weakref.finalize(dying, lambda: os.kill(os.getpid(), signal.SIGTERM))
        try:
            del dying
        except Told:
            pytest.skip("this Python does not drop it")
        with pytest.raises(Told):
            site.watch()


def test_a_part_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    bad = Part("web", [sys.executable, "-c", "raise SystemExit('no room at the inn')"], tmp_path / "web.log")
    with (
        pytest.raises(CannotRun, match="The web process ended at once: no room at the inn"),
        Site([bad], tmp_path / "parts.json") as site,
    ):
        site.start(until_ready="http://127.0.0.1:1/")
    assert not (tmp_path / "parts.json").exists()


def test_leaving_ends_every_part(tmp_path: Path) -> None:
    parts = [Part(name, SLEEP, tmp_path / f"{name}.log") for name in ("web", "worker")]
    before = signal.getsignal(signal.SIGTERM)
    with Site(parts, tmp_path / "parts.json"):
        for part in parts:
            part.start()
    assert signal.getsignal(signal.SIGTERM) == before
    assert [part.process.poll() for part in parts] == [-signal.SIGTERM, -signal.SIGTERM]
