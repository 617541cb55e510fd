"""The parts of a running site as children of one process, which stops them all however it is told to end.

Nothing here knows Django: `manage.py up` says which parts there are.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from config.embedded.server import end_other, lives_as

STOP_SECONDS = 10.0  # what a child gets to finish, before it is killed
READY_SECONDS = 60.0
LOOK_SECONDS = 0.1
JUST_STOPPING_SECONDS = 3.0
RESTARTS_ALLOWED = 5  # of one child, within RESTART_WINDOW seconds
RESTART_WINDOW = 60.0
LARGEST_LOG = 20 * 2**20
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


THREADS = 8  # of a web process; guests' pages leave some of them to members (community.foundation.members_first)
WEB_ENVIRONMENT = {"MALLOC_ARENA_MAX": "2"}  # an arena a thread kept a tenth more memory than anyone used


class CannotRun(Exception):
    """One sentence that says why the site cannot run and what to do."""


class Told(Exception):
    """A signal asked the site to stop."""


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """The web processes, as the Dockerfile and docs/guides/deploy.md start them too."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", str(THREADS), "--workers-kill-timeout", "5"]
    return [*command, "--no-ws", "config.wsgi:application"]


@dataclass
class Part:
    """One child: its name, its command, and where its words go."""

    name: str
    command: Sequence[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with open(self.log, "ab") as words:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env={**os.environ, **self.environment},
                process_group=0,  # Ctrl-C reaches this process alone, which then stops the parts in order
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        self.started.append(time.monotonic())

    def last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = self.log.read_bytes()[-4000:].decode(errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else "it said nothing"
        return "it said nothing"


class Site:
    """Starts the parts, watches them, starts again what dies, and stops them all."""

    def __init__(self, parts: list[Part], note: Path) -> None:
        self.parts = parts
        self.note = note  # who runs, for a next start after this process was killed
        self.told = False
        self.handlers: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Site:
        self.handlers = {number: signal.signal(number, self._told) for number in ENDING}
        return self

    def __exit__(self, *raised: object) -> None:
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def _told(self, number: int, frame: FrameType | None) -> None:
        """Noted before it is raised: Python drops what is raised while it tidies up an object."""
        self.told = True
        raise Told

    def look(self) -> None:
        """Raises Told when a signal came whose exception was dropped."""
        if self.told:
            raise Told

    def start(self, *, until_ready: str) -> None:
        """The first part alone until `until_ready` answers 200, so that people need not wait for the others.

        Raises CannotRun when it dies, or when nothing comes within a minute.
        """
        first, *others = self.parts
        first.start()
        self._write_note()
        deadline = time.monotonic() + READY_SECONDS
        while not answers(until_ready):
            self.look()
            if first.process is not None and first.process.poll() is not None:
                raise CannotRun(f"The {first.name} process ended at once: {first.last_words()} (see {first.log}).")
            if time.monotonic() > deadline:
                raise CannotRun(f"The site does not answer at {until_ready} after a minute: see {first.log}.")
            time.sleep(LOOK_SECONDS)
        self.look()
        for part in others:
            part.start()
            self._write_note()

    def watch(self) -> None:
        """Until told to stop. Raises CannotRun when a part keeps dying."""
        while True:
            time.sleep(LOOK_SECONDS)
            self.look()
            for part in self.parts:
                if part.process is None or part.process.poll() is None:
                    continue
                lately = [moment for moment in part.started if time.monotonic() - moment < RESTART_WINDOW]
                if len(lately) > RESTARTS_ALLOWED:
                    raise CannotRun(f"The {part.name} process keeps ending: {part.last_words()} (see {part.log}).")
                time.sleep(0.5 * len(lately))
                part.start()
                self._write_note()

    def stop(self) -> None:
        running = [part.process for part in self.parts if part.process is not None and part.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for part in self.parts:
            if part.process is not None:
                with contextlib.suppress(ProcessLookupError):  # what a part left in its group goes too
                    os.killpg(part.process.pid, signal.SIGKILL)
                part.process.wait()
        self.note.unlink(missing_ok=True)

    def _write_note(self) -> None:
        said = [
            {"name": part.name, "pid": part.process.pid, "command": part.command[2]}
            for part in self.parts
            if part.process is not None
        ]
        self.note.write_text(json.dumps(said), encoding="utf-8")


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Nobody else runs or replaces the site of `data` meanwhile. Raises CannotRun when somebody does."""
    (data / "run").mkdir(parents=True, exist_ok=True)
    with open(data / "run" / "up.lock", "a+", encoding="utf-8") as lock:
        deadline = time.monotonic() + JUST_STOPPING_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise CannotRun(
                        f"Madang runs already with the data in {data}: stop it, or set MADANG_DATA to another folder."
                    ) from None
                time.sleep(LOOK_SECONDS)
        yield


def end_leftovers(note: Path) -> None:
    """End the parts of a site whose parent was killed, where the system did not do so by itself."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        for left in json.loads(note.read_text(encoding="utf-8")):
            if lives_as(int(left["pid"]), str(left["command"])):
                end_other(int(left["pid"]), str(left["command"]), signal.SIGTERM, STOP_SECONDS)


def check_port(host: str, port: int) -> None:
    """Raises CannotRun when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise CannotRun(
            f"Port {port} is for the administrator of this machine: choose another, PORT=8001 make run."
        ) from error
    except socket.gaierror as error:
        raise CannotRun(f"HOST={host!r} is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotRun(
                f"Port {port} is in use: stop what runs there, or choose another, PORT={port + 1} make run."
            ) from error
        raise CannotRun(f"Nothing can listen at {host}:{port} ({error.strerror}): set HOST and PORT.") from error


def answers(url: str) -> bool:
    """Whether `url` answers 200 now."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  (our own address)
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _end_with_parent() -> None:
    """In the child, before its program: the kernel sends it SIGTERM when its parent dies in whatever way."""
    ctypes.CDLL(None, use_errno=True).prctl(DIE_WITH_PARENT, signal.SIGTERM, 0, 0, 0)
