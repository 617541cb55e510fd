"""Starts the real site in a data folder of its own, as people do, and looks at what is left of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW_MACHINE_SECONDS = 240  # the first migration takes long where much else runs


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    """The caller's, without what this test run added."""
    mine = ("PYTEST", "DJANGO_", "DATABASE_URL", "REDIS_URL", "MADANG_", "MAKE", "MFLAGS", "PORT", "HOST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    return {**kept, "MADANG_DATA": str(data), **more}


def manage(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` to its end, with the services of `data`."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=SLOW_MACHINE_SECONDS,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@dataclass
class Running:
    """A started site: `process` is `manage.py up`, or `make` where the test asked for it."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    said: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, command: list[str] | None = None, **more: str) -> "Running":
        self.process = subprocess.Popen(
            command or [sys.executable, "manage.py", "up", "--no-demo"],
            cwd=ROOT,
            env=environment(self.data, PORT=str(self.port), **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C stops everything" in line:
                break
        else:
            raise AssertionError(f"the site did not start: {self.said}")
        return self

    @property
    def shown(self) -> str:
        """The address that people are told: by name, since browsers give passkeys to names alone."""
        return f"http://localhost:{self.port}/"

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(self.address + path.lstrip("/"), timeout=20) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def health(self) -> dict[str, Any]:
        return json.loads(self.get("health/")[1] or b"{}")

    def processes(self) -> set[int]:
        """Every process that works for this data folder: the site's, and the servers'."""
        found = set()
        for process in psutil.process_iter():
            try:
                mine = process.environ().get("MADANG_DATA") == str(self.data)
                if mine or str(self.data) in " ".join(process.cmdline()) or process.cwd().startswith(str(self.data)):
                    found.add(process.pid)
            except (psutil.Error, OSError):
                continue
        return found - {os.getpid()}

    def parts(self) -> dict[str, int]:
        """The process number of web, worker and beat."""
        return {left["name"]: left["pid"] for left in json.loads((self.data / "run" / "parts.json").read_text())}

    def all_gone(self) -> bool:
        return wait_for(lambda: not self.processes())

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(SLOW_MACHINE_SECONDS)
        self.all_gone()
        return code


def wait_for(what: Any, seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return bool(what())
