"""The embedded servers: joined, shared, stopped with their last user, and mended after any kill."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from config import embedded
from config.embedded.server import lives_as
from tests.config.running import ROOT, Running, environment, wait_for

USER = """
import sys, time
from config import embedded
services = embedded.join_or_start({folder!r}, durable=False)
print(services.started, services.database_url, flush=True)
sys.stdin.readline()
embedded.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="madang-embedded-"))
    yield place
    embedded.stop(place)
    Running(place).all_gone()
    shutil.rmtree(place, ignore_errors=True)


def user(folder: Path, path: str = "") -> subprocess.Popen[str]:
    """Another process that holds a lease until it reads a line or is killed."""
    more = {"PATH": f"{path}:{os.environ['PATH']}"} if path else {}
    return subprocess.Popen(
        [sys.executable, "-c", USER.format(folder=str(folder))],
        cwd=ROOT,
        env=environment(folder, **more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def started(process: subprocess.Popen[str]) -> bool:
    return process.stdout.readline().startswith("True")


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=40)


def test_both_servers_answer_and_are_private(folder: Path) -> None:
    services = embedded.join_or_start(folder, durable=False)
    assert services.started
    with psycopg.connect(services.database_url) as link:
        row = link.execute("SELECT current_database(), current_user, current_setting('listen_addresses')").fetchone()
        assert row == ("madang", "madang", "")
        assert link.execute("SELECT lower('ÄB가')").fetchone() == ("äb가",)
    assert redis.from_url(services.redis_url).ping()
    port = redis.from_url(services.redis_url).connection_pool.connection_kwargs["port"]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port).ping()
    for each in (folder, folder / "run", folder / "postgres", folder / "valkey"):
        assert each.stat().st_mode & 0o077 == 0
    assert (folder / "valkey" / "password").stat().st_mode & 0o077 == 0
    assert (folder / "run" / "services.json").stat().st_mode & 0o077 == 0


def test_no_permission_above_the_data_is_loosened(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o700)
    services = embedded.join_or_start(home / "data", durable=False)
    psycopg.connect(services.database_url).close()
    embedded.stop(home / "data")
    assert home.stat().st_mode & 0o777 == 0o700


def test_processes_that_come_at_once_share_one_pair(folder: Path) -> None:
    users = [user(folder) for _ in range(4)]
    assert sorted(started(each) for each in users) == [False, False, False, True]
    for each in users[:3]:
        leave(each)
    assert embedded.running(folder) is not None
    leave(users[3])
    assert embedded.running(folder) is None
    assert Running(folder).all_gone()


def test_the_servers_go_when_their_last_user_was_killed(folder: Path) -> None:
    only = user(folder)
    assert started(only)
    only.kill()
    only.wait()
    assert wait_for(lambda: embedded.running(folder) is None)
    assert Running(folder).all_gone()


def test_what_was_written_outlives_a_killed_server_and_a_killed_keeper(folder: Path) -> None:
    services = embedded.join_or_start(folder)
    with psycopg.connect(services.database_url) as link:
        link.execute("CREATE TABLE kept (word text)")
        link.execute("INSERT INTO kept VALUES ('마당')")
    keeper = keeper_of(folder)
    postmaster = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    assert wait_for(lambda: words(services.database_url) == ["마당"])
    os.kill(keeper, signal.SIGKILL)
    wait_for(lambda: not lives_as(keeper, "keeper"))
    embedded.stop(folder)
    again = embedded.join_or_start(folder)
    assert again.started
    assert words(again.database_url) == ["마당"]


def test_valkey_keeps_its_address_when_it_is_started_again(folder: Path) -> None:
    services = embedded.join_or_start(folder, durable=False)
    os.kill(int((folder / "valkey" / "pid").read_text()), signal.SIGKILL)
    assert wait_for(lambda: alive(services.redis_url))


def test_a_long_path_gets_a_short_private_socket_folder(folder: Path) -> None:
    deep = folder / ("x" * 60) / ("y" * 60)
    services = embedded.join_or_start(deep, durable=False)
    assert words(services.database_url, "SELECT 'here'") == ["here"]
    embedded.stop(deep)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_where_namespaces_are_refused_root_uses_a_copy(folder: Path) -> None:
    (folder / "unshare").write_text("#!/bin/sh\nexit 1\n")
    (folder / "unshare").chmod(0o755)
    process = user(folder / "data", path=str(folder))
    assert process.stdout.readline().startswith("True postgresql://madang@/madang?host=%2Fvar%2Flib%2Fmadang%2F")
    own = Path((folder / "data" / "postgres-is-in").read_text().strip())
    try:
        assert own.stat().st_mode & 0o777 == 0o700
        assert own.stat().st_uid != 0
    finally:
        leave(process)
        shutil.rmtree(own)


def test_data_of_another_version_are_left_alone_in_words(folder: Path) -> None:
    embedded.join_or_start(folder, durable=False)
    embedded.stop(folder)
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.ServicesError, match="are of PostgreSQL 9 and this is PostgreSQL 18: make a backup"):
        embedded.join_or_start(folder, durable=False)


def words(url: str, question: str = "SELECT word FROM kept") -> list[str]:
    try:
        with psycopg.connect(url) as link:
            return [row[0] for row in link.execute(question)]
    except psycopg.OperationalError:
        time.sleep(0.05)
        return []


def alive(url: str) -> bool:
    try:
        return redis.from_url(url).ping()
    except redis.RedisError:
        return False


def keeper_of(folder: Path) -> int:
    parts = (folder / "run" / "services.json").read_text()
    return int(parts.split('"keeper": ')[1].rstrip("}"))
