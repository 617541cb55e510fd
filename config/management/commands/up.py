"""The whole site in the foreground: what `make run` runs."""

import hashlib
import logging
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from community.jobs.schedules import plan_missing
from community.site import present
from config import embedded, env
from config.demo_accounts import ACCOUNTS
from config.processes import (
    WEB_ENVIRONMENT,
    CannotRun,
    Part,
    Site,
    Told,
    check_port,
    end_leftovers,
    only_one,
    web_command,
)

RECOVERY_SECONDS = 20.0
ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104  (every address of this machine)


class Command(BaseCommand):
    help = "Run the whole site: database, web, worker and scheduler, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load the demo community into an outside database too.")
        parser.add_argument("--no-demo", action="store_true", help="Start with an empty community.")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_structlog").setLevel(logging.WARNING)  # people read this process; its parts have logs
        demo = not options["no_demo"] and (options["demo"] or not env.text("DATABASE_URL")) and "demo" in get_commands()
        try:
            self._run(env.text("HOST", "127.0.0.1"), env.integer("PORT", 8000, least=1, most=65535), demo=demo)
        except CannotRun as error:
            env.refuse(str(error))
        except (Told, KeyboardInterrupt):
            self.stderr.write("Stopped.")
        finally:
            embedded.stop()

    def _run(self, host: str, port: int, *, demo: bool) -> None:
        data = Path(settings.DATA_DIR)
        with only_one(data):
            end_leftovers(data / "run" / "parts.json")
            check_port(host, port)
            with Site(_parts(host, port, data), data / "run" / "parts.json") as site:
                demo = self._prepare(data, demo=demo)
                site.look()
                os.environ["MADANG_DEMO"] = "1" if demo else "0"
                site.start(until_ready=_address(host, port) + "health/")
                self._say_ready(_address(_named(host), port), data, demo=demo, open_to_others=_is_open(host))
                site.watch()

    def _prepare(self, data: Path, *, demo: bool) -> bool:
        """The schema, the words, the static files and, on the first start, the demo community; whether it is here.

        A site that somebody has set up is real: it never gets accounts whose passwords everybody knows.
        """
        self.stderr.write("Preparing …")
        try:
            _wait_for_database()
            _migrate()
            if "messages" in get_commands():
                call_command("messages", compile_only=True, verbosity=0)
            _collect_static(data)
            present.forget()  # ask the row: the schema may be new
            now = present.site()
            if not demo or (now.is_set_up and not now.demo_is_loaded):
                return False
            if not now.demo_is_loaded:
                self.stderr.write("Loading the demo community …")
                call_command("demo", verbosity=0)
            return True
        except Error as error:
            raise CannotRun(f"The database cannot be prepared: {str(error).strip().splitlines()[0]}") from error
        except OSError as error:
            raise CannotRun(
                f"{error.filename or data} cannot be written ({error.strerror}): mend it, or set MADANG_DATA."
            ) from error
        finally:
            connections.close_all()

    def _say_ready(self, address: str, data: Path, *, demo: bool, open_to_others: bool) -> None:
        lines = ["", f"Madang is ready at {address}", ""]
        if demo:
            lines += [f"  {each.role:9} {each.email:22} password: {each.password}" for each in ACCOUNTS]
            lines += [f"  {'admin':9} {address}admin/", ""]
        if demo and open_to_others:
            lines += [
                "  Other machines reach this address, and everybody knows these passwords: show it to friends alone.",
                "",
            ]
        lines += [f"  Its logs are in {data / 'logs'}. Ctrl-C stops everything.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _wait_for_database() -> None:
    """An embedded server that was killed a moment ago is being started again by its keeper."""
    deadline = time.monotonic() + (RECOVERY_SECONDS if settings.EMBEDDED else 0)
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _migrate() -> None:
    """Only when something is to do: what Django does around it takes longer than a start may."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    else:
        plan_missing()


def _address(host: str, port: int) -> str:
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{reached}:{port}/"


def _named(host: str) -> str:
    """What people type: this machine by its name, since browsers give passkeys to names alone, never to numbers."""
    return "localhost" if host in {"127.0.0.1", "::1", *ANYWHERE} else host


def _is_open(host: str) -> bool:
    return host not in {"127.0.0.1", "::1", "localhost"}


def _parts(host: str, port: int, data: Path) -> list[Part]:
    """Web, worker and beat. The live process will stand here too (LIVE_PORT, or a free port)."""
    logs = data / "logs"
    logs.mkdir(exist_ok=True)
    python = sys.executable
    workers = env.integer("WEB_WORKERS", 2, least=1, most=64)
    concurrency = env.integer("WORKER_PROCESSES", 2, least=1, most=64)
    celery = [python, "-m", "celery", "-A", "config", "--quiet"]
    worker = [*celery, "worker", "--queues=default,letters,learning", f"--concurrency={concurrency}"]
    worker += ["--loglevel=INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel=INFO", "--pidfile="]
    commands = {"web": web_command(host=host, port=port, workers=workers), "worker": worker, "beat": beat}
    parts = [Part(name, command, logs / f"{name}.log") for name, command in commands.items()]
    parts[0].environment |= WEB_ENVIRONMENT | {"PROMETHEUS_MULTIPROC_DIR": str(_counting_room(data))}
    return parts


def _counting_room(data: Path) -> Path:
    """Where the web processes count together for /metrics; begun anew at each start."""
    room = data / "run" / "metrics"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    return room


def _collect_static(data: Path) -> None:
    """Only when a static file or a library changed: compressing takes seconds."""
    seen = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted((settings.BASE_DIR / "static").rglob("*")):
        if path.is_file():
            state = path.stat()
            seen.update(f"{path}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    stamp = data / "run" / "static-stamp"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != seen.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(seen.hexdigest(), encoding="ascii")
