"""The process that runs PostgreSQL and Valkey while anyone holds a lease, and starts again what dies.

It is started by `embedded.join_or_start` with its orders as one JSON argument, answers with one line of JSON on
standard output (`{"ready": true}` or `{"error": "sentence"}`) and then says nothing more but to its log.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from .postgres import Postgres
from .server import CannotStart, Server, say
from .valkey import Valkey

LINGER_SECONDS = 2.0  # several commands in a row need not start the servers anew
LOOK_SECONDS = 0.1
FIRST_PAUSE_SECONDS = 0.2  # before a server that died is started again; doubled each time, up to the longest
LONGEST_PAUSE_SECONDS = 10.0


class Told(Exception):
    """A signal asked this process to end."""


def main() -> None:
    order = json.loads(sys.argv[1])
    run = Path(order["data_dir"]) / "run"
    own_lock = os.open(run / "keeper.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(own_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Someone looks at the lock at this moment, or another keeper runs: a starter that was killed may leave one.
        time.sleep(0.2)
        try:
            fcntl.flock(own_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _answer({"error": "Another process is starting the same services: try again."})
            return
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _told)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = Path(order["data_dir"])
    servers: list[Server] = []
    try:
        servers = [
            Postgres(folder, Path(order["postgres_bin"]), durable=order["durable"]),
            Valkey(folder, Path(order["valkey_server"])),
        ]
        for server in servers:
            server.start()
        _announce(run, servers)
        _answer({"ready": True})
        _watch(run, servers)
    except CannotStart as error:
        traceback.print_exc()
        _answer({"error": str(error)})
    except OSError as error:
        traceback.print_exc()
        _answer(
            {"error": f"The embedded services cannot use {folder} ({error.strerror}): mend it, or set MADANG_DATA."}
        )
    except Told:
        say("told to stop")
    finally:
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        (run / "services.json").unlink(missing_ok=True)
        for server in reversed(servers):
            server.stop()
        say("stopped")


def _told(number: int, frame: FrameType | None) -> None:
    raise Told


def _answer(words: dict[str, object]) -> None:
    """Whoever started us reads one line; it may be gone already, and is not needed."""
    with contextlib.suppress(OSError):
        os.write(1, json.dumps(words).encode() + b"\n")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)


def _announce(run: Path, servers: list[Server]) -> None:
    """Whoever joins reads this file; it is there only while both servers answer."""
    urls = {server.name: server.url() for server in servers}
    whole = run / "services.json.new"
    whole.touch(mode=0o600)
    said = {"database_url": urls["postgres"], "redis_url": urls["valkey"], "keeper": os.getpid()}
    whole.write_text(json.dumps(said), encoding="utf-8")
    whole.replace(run / "services.json")


def _watch(run: Path, servers: list[Server]) -> None:
    """Return when nobody has held a lease for a moment; until then start again whatever died."""
    users = os.open(run / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    revivals = [_Revival(server) for server in servers]
    unused_since: float | None = None
    while True:
        now = time.monotonic()
        if not all(server.alive() for server in servers):
            (run / "services.json").unlink(missing_ok=True)
            for revival in revivals:
                revival.look(now)
            if all(server.alive() for server in servers):
                _announce(run, servers)
        if not _nobody_uses(users):
            unused_since = None
            (run / "stop-now").unlink(missing_ok=True)
        elif unused_since is None and not (run / "stop-now").exists():
            unused_since = now
        elif (run / "stop-now").exists() or now - (unused_since or now) > LINGER_SECONDS:
            # Held to the end: whoever comes now waits for the lock, and then starts the servers anew.
            if _lock_or_not(users):
                return
            unused_since = None
        time.sleep(LOOK_SECONDS)


def _lock_or_not(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _nobody_uses(users: int) -> bool:
    free = _lock_or_not(users)
    if free:
        fcntl.flock(users, fcntl.LOCK_UN)
    return free


class _Revival:
    """Starts one server again after it died, with a growing pause between failures."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.pause = FIRST_PAUSE_SECONDS
        self.not_before = 0.0

    def look(self, now: float) -> None:
        if self.server.alive() or now < self.not_before:
            return
        if now > self.not_before + LONGEST_PAUSE_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS  # it had lived for a while
        say(f"{self.server.name} is gone: starting it again")
        self.not_before = now + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE_SECONDS)
        try:
            self.server.start()
        except (CannotStart, OSError):
            traceback.print_exc()
