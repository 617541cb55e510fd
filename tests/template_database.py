"""Migrations take a minute; copying a database takes a second. So the tests' databases are copies of a template that is
made once for each set of migrations, and kept in the tests' PostgreSQL."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

PREFIX = "madang_template_"
LOCK = 0x6D6164616E67  # any number: two test processes make one template


def ready() -> str:
    """The name of the template for the migrations that are there now; made if need be."""
    name = PREFIX + _digest()
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _make(server, name)
    return name


def _digest() -> str:
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    for path in sorted(root.glob("*/*/migrations/*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(server: psycopg.Connection, name: str) -> None:
    for (old,) in server.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'madang\\_template\\_%'"
    ).fetchall():
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
    unfinished = f"unfinished_{name}"
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(unfinished)))
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(unfinished)))
    surroundings = {**os.environ, "DATABASE_URL": _url(unfinished), "REDIS_URL": settings.REDIS_URL}
    surroundings["MADANG_DATA"] = str(settings.DATA_DIR)
    made = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"The migrations failed:\n{made.stderr}")
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))


def _url(database: str) -> str:
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}"))
