"""Valkey, run by its own binary."""

from __future__ import annotations

import contextlib
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .server import READY_SECONDS, CannotStart, Server, end_other, lives_as, open_log, plain_environment, say


class Valkey(Server):
    """A cache, broker and stream with a password on the loopback address; what it holds may be lost."""

    name = "valkey"

    def __init__(self, folder: Path, program: Path) -> None:
        super().__init__()
        self.program = program
        self.folder = folder / "valkey"
        self.log = folder / "run" / "valkey.log"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.password = self._kept("password", lambda: secrets.token_urlsafe(24))
        self.port = int(self._kept("port", lambda: str(_free_port())))

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        """The same value at each start, so that those who joined before a restart find the server again."""
        path = self.folder / name
        with contextlib.suppress(OSError):
            if value := path.read_text(encoding="ascii").strip():
                return value
        path.touch(mode=0o600)
        path.write_text(made := make(), encoding="ascii")
        return made

    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.folder / "pid").read_text(encoding="ascii"))
            if (self.process is None or pid != self.process.pid) and lives_as(pid, "valkey-server"):
                say(f"ending the Valkey that was left behind (process {pid})")
                end_other(pid, "valkey-server", signal.SIGTERM)
        if self.process is None and not _port_is_free(self.port):
            (self.folder / "port").unlink()
            self.port = int(self._kept("port", lambda: str(_free_port())))
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                [str(self.program), "-"],  # settings by standard input: a password in the arguments is seen by all
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=plain_environment(),
                start_new_session=True,
            )
        assert self.process.stdin is not None
        with self.process.stdin as settings:
            settings.write(self._settings().encode())
        self._wait()
        (self.folder / "pid").write_text(str(self.process.pid), encoding="ascii")

    def _settings(self) -> str:
        return (
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nprotected-mode yes\n"
            f'dir "{self.folder}"\ndbfilename valkey.rdb\nsave 300 1\nappendonly no\n'
            "maxmemory 256mb\nmaxmemory-policy volatile-lru\ndatabases 64\nloglevel notice\n"
            "stop-writes-on-bgsave-error no\n"
        )

    def _wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.alive():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                if b"PONG" in _read_until(link, b"PONG"):
                    return
            time.sleep(0.03)
        raise CannotStart(f"Valkey does not start: see {self.log}.")

    def stop(self) -> None:
        self._end(signal.SIGTERM, 10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _read_until(link: socket.socket, end: bytes) -> bytes:
    got = b""
    while end not in got and (part := link.recv(4096)):
        got += part
        if b"-ERR" in got or b"-WRONGPASS" in got:
            break
    return got
