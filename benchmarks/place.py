"""The place of a run: its corpus, two web processes on a port of their own, sessions of members, and a worker."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.db import connection

from config import embedded
from config.processes import WEB_ENVIRONMENT, Part, answers, web_command

ROOT = Path(__file__).resolve().parent.parent
WEB_PROCESSES = 2
CSRF = "b" * 32
CORPUS = {"boards": 20, "topics": 20_000, "posts": 200_000, "members": 5_000, "big_topic": 1_000, "seed": 1}
SMALL = {**CORPUS, "topics": 800, "posts": 9_000, "members": 900}  # to try the benchmark itself


@dataclass
class Place:
    port: int
    web: Part

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def largest_web_process(self) -> float:
        """Resident megabytes of the largest of the web processes."""
        assert self.web.process is not None
        return _largest(self.web.process.pid)


def prepare(*, small: bool) -> float:
    """Migrate and make the corpus, if it is not there; the seconds that the corpus took."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("messages", compile_only=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.perf_counter()
    call_command("make_corpus", **(SMALL if small else CORPUS))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return time.perf_counter() - began


@contextlib.contextmanager
def site() -> Iterator[Place]:
    """Two web processes, as `up` runs them, without worker and beat."""
    port = free_port()
    command = web_command(host="127.0.0.1", port=port, workers=WEB_PROCESSES)
    told = {**WEB_ENVIRONMENT, "SITE_URL": f"http://127.0.0.1:{port}"}
    web = Part("web", command, Path(settings.DATA_DIR) / "run" / "bench-web.log", told)
    web.start()
    try:
        deadline = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/health/"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the site does not answer: {web.last_words()}")
            time.sleep(0.1)
        yield Place(port, web)
    finally:
        _end(web)


@contextlib.contextmanager
def worker() -> Iterator[Part]:
    """One worker of two processes, as `up` runs it."""
    command = [sys.executable, "-m", "celery", "-A", "config", "--quiet", "worker", "--concurrency=2"]
    command += ["--queues=default,letters,learning", "--loglevel=WARNING"]
    part = Part("worker", command, Path(settings.DATA_DIR) / "run" / "bench-worker.log")
    part.start()
    try:
        yield part
    finally:
        _end(part)


def largest_process(part: Part) -> float:
    assert part.process is not None
    return _largest(part.process.pid)


def cookie_of(member: Any) -> str:
    """The cookies of someone who has logged in, with the CSRF token that `CSRF` forms carry."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def pgbench() -> float | None:
    """Transactions a second of PostgreSQL's own simple-update benchmark on two connections, or None if it does not run."""
    place = connection.settings_dict
    told = {**os.environ, "PGHOST": place["HOST"], "PGPORT": place["PORT"], "PGUSER": place["USER"]}
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS bench_pgbench")
        cursor.execute("CREATE DATABASE bench_pgbench")
    for words in (["-i", "-q", "-s", "1"], ["-c", "2", "-T", "5", "-N", "-n"]):
        done = subprocess.run(
            [str(embedded.program("pgbench")), *words, "bench_pgbench"],
            env=told,
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else None


def argument(name: str) -> str:
    """What stands after `name` on the command line; nothing where it is not there."""
    words = sys.argv[sys.argv.index(name) + 1 :] if name in sys.argv else []
    return words[0] if words else ""


def own_environment() -> dict[str, str]:
    """For a run beside this one: without what leads to this one's services."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("MADANG_", "DATABASE_", "REDIS_"))
    }


def seconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _largest(pid: int) -> float:
    parent = psutil.Process(pid)
    return max(each.memory_info().rss for each in (parent, *parent.children(recursive=True))) / 2**20


def _end(part: Part) -> None:
    if part.process is not None and part.process.poll() is None:
        part.process.terminate()
        try:
            part.process.wait(15)
        except subprocess.TimeoutExpired:
            part.process.kill()
            part.process.wait()
