"""`make run`, with real processes."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.config.running import ROOT, Running, environment, free_port, manage, wait_for

pytestmark = pytest.mark.xdist_group("up")


def test_it_says_where_to_go_and_everything_is_up(site: Running) -> None:
    site.start()
    assert f"Madang is ready at {site.shown}" in site.said
    assert '{"' not in site.said  # what people read has no line of a log
    assert set(site.parts()) == {"web", "worker", "beat"}
    assert wait_for(lambda: site.health()["parts"]["worker"] == "up")
    assert site.get("health/")[0] == 200
    assert site.health()["parts"]["database"] == "up"
    assert site.health()["parts"]["migrations"] == "up"
    assert site.health()["parts"]["cache"] == "up"


def test_metrics_are_for_this_machine(site: Running) -> None:
    site.start()
    status, body = site.get("metrics")
    assert status == 200
    assert b"django_http_requests_total_by_method_total" in body


def test_a_signal_to_make_alone_stops_every_process(site: Running) -> None:
    site.start(["make", "run", "ARGS=--no-demo"])
    before = site.processes()
    assert len(before) >= 6
    os.kill(site.process.pid, signal.SIGTERM)
    site.process.wait(40)
    assert site.all_gone(), site.processes()


def test_ctrl_c_in_the_terminal_stops_every_process(site: Running) -> None:
    site.start(["make", "run", "ARGS=--no-demo"])
    os.killpg(site.process.pid, signal.SIGINT)
    site.process.wait(40)
    assert site.all_gone(), site.processes()


def test_a_killed_parent_takes_its_parts_along_and_the_next_start_works(site: Running) -> None:
    site.start()
    parts = site.parts()
    os.kill(site.process.pid, signal.SIGKILL)
    site.process.wait(10)
    again = Running(site.data, site.port).start()
    try:
        assert not set(parts.values()) & set(again.parts().values())
        assert again.get("health/")[0] == 200
    finally:
        assert again.stop() == 0
    assert not any(psutil.pid_exists(pid) for pid in parts.values())


def test_a_killed_part_is_started_again(site: Running) -> None:
    site.start()
    beat = site.parts()["beat"]
    os.kill(beat, signal.SIGKILL)
    assert wait_for(lambda: site.parts()["beat"] != beat)


def test_a_killed_postgres_comes_back_while_the_site_runs(site: Running) -> None:
    site.start()
    postgres = int((site.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postgres, signal.SIGKILL)
    assert wait_for(lambda: site.get("health/")[0] == 200 and not psutil.pid_exists(postgres))


def test_after_postgres_and_the_parent_were_killed_the_next_start_recovers(site: Running) -> None:
    site.start()
    postgres = int((site.data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    for pid in (site.process.pid, postgres):
        os.kill(pid, signal.SIGKILL)
    site.process.wait(10)
    again = Running(site.data, site.port).start()
    try:
        assert again.get("health/")[0] == 200
    finally:
        again.stop()


def test_a_second_site_on_the_same_data_is_refused(site: Running) -> None:
    site.start()
    second = manage(site.data, "up", "--no-demo", PORT=str(free_port()))
    assert second.returncode == 2
    assert one_sentence(second.stderr) == (
        f"Madang runs already with the data in {site.data}: stop it, or set MADANG_DATA to another folder."
    )


def test_a_port_in_use_is_one_sentence(site_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = manage(site_data, "up", "--no-demo", PORT=str(port))
    assert told.returncode == 2
    assert (
        one_sentence(told.stderr)
        == f"Port {port} is in use: stop what runs there, or choose another, PORT={port + 1} make run."
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "PORT='eighty' is not a whole number from 1 to 65535: correct it or unset it."),
        ("HOST", "no.such.host.invalid", "HOST='no.such.host.invalid' is no address of this machine: "),
        ("DATABASE_URL", "mysql://here/there", "DATABASE_URL must begin with postgres://… or postgresql://…: "),
        ("DATABASE_URL", "postgresql://x@127.0.0.1:1/none", "The database cannot be prepared: "),
        ("LANGUAGE_DEFAULT", "fr", "LANGUAGE_DEFAULT='fr' is not a language of Madang: "),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 50 characters: "),
        ("DEBUG", "maybe", "DEBUG='maybe' is neither yes nor no: "),
    ],
)
def test_a_wrong_setting_is_one_sentence(site_data: Path, name: str, value: str, words: str) -> None:
    told = manage(site_data, "up", "--no-demo", **{"PORT": str(free_port()), name: value})
    assert told.returncode == 2, told.stderr
    assert one_sentence(told.stderr).startswith(words)


def test_a_data_folder_that_cannot_be_used_is_one_sentence() -> None:
    told = manage(Path("/proc/madang"), "up", "--no-demo")
    assert told.returncode == 2
    assert one_sentence(told.stderr).startswith("The data folder /proc/madang cannot be used (")


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    script = f"mount -t tmpfs -o size=2m none {small} && exec .venv/bin/python manage.py up --no-demo"
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*inside, f"mount -t tmpfs none {small}"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    told = subprocess.run(
        [*inside, script], cwd=ROOT, env=environment(small / "data"), capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert one_sentence(told.stderr).startswith(f"The disk that holds {small}/data has less than 64 MB left: ")


def test_an_old_python_is_one_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    told = subprocess.run(
        ["make", "run", f"PYTHON={old}"],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert told.stderr.startswith("Madang needs Python 3.11 or newer with venv: install it, or name one, ")


def test_outside_services_are_used_and_get_no_demo(site: Running, tmp_path_factory: pytest.TempPathFactory) -> None:
    site.start()  # its database plays the outside one
    services = json.loads((site.data / "run" / "services.json").read_text())
    other = Running(tmp_path_factory.mktemp("other"))
    command = ["make", "run", "ARGS="]
    other.start(command, DATABASE_URL=services["database_url"], REDIS_URL=services["redis_url"])
    try:
        assert "password" not in other.said
        assert not (other.data / "postgres").exists()
        assert other.health()["parts"]["demo"] == "not asked for"
    finally:
        other.stop()


@pytest.mark.prove
def test_a_second_start_is_ready_within_eight_seconds(site: Running) -> None:
    site.start()
    site.stop()
    again = Running(site.data)
    began = time.monotonic()
    again.start()
    took = time.monotonic() - began
    again.stop()
    assert took < 8


def one_sentence(words: str) -> str:
    """What a person reads: nothing but one line, after the note that something is being prepared."""
    lines = [line for line in words.strip().splitlines() if line != "Preparing …"]
    assert len(lines) == 1, words
    return lines[0]
