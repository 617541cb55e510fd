"""What the keeper knows of a server, and what both servers need of the system."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

READY_SECONDS = 40.0


class CannotStart(Exception):
    """One sentence that says why a server cannot start and what to do."""


def say(words: str) -> None:
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} keeper {words}\n")
    sys.stderr.flush()


class Server:
    """What the keeper knows of a server."""

    name = ""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        raise NotImplementedError

    def url(self) -> str:
        raise NotImplementedError

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        raise NotImplementedError

    def _end(self, first: signal.Signals, seconds: float) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(first)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def plain_environment() -> dict[str, str]:
    """No PG… variable of the caller reaches the server's programs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def open_log(path: Path) -> Any:
    if path.exists() and path.stat().st_size > 20 * 2**20:
        path.replace(path.with_suffix(".log.1"))
    return open(path, "ab")


def lives_as(pid: int, words: str) -> bool:
    """Whether that process lives and its command line holds `words`: process numbers are used again."""
    told = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return words in told.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return False
    done = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)
    return done.returncode == 0 and words in done.stdout.decode(errors="replace")


def end_other(pid: int, words: str, first: signal.Signals, seconds: float = 15) -> None:
    """End a process that is not our child, if it still is the one that `words` of its command line name."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, first)
        deadline = time.monotonic() + seconds
        while lives_as(pid, words):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.02)
