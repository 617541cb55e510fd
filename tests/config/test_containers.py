"""The steps of Dockerfile and compose.yaml, run as a script on this machine with embedded services in the place of the
containers for PostgreSQL and Valkey. No image is built here: what an image's base system adds is not tried."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from community.foundation import members_first
from config import embedded
from config.processes import THREADS, WEB_ENVIRONMENT, web_command
from tests.config.running import ROOT, Running, environment, wait_for

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SECRETS = {"POSTGRES_PASSWORD": "unused", "SECRET_KEY": "k" * 60, "SITE_URL": "https://madang.example"}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's lines, continued ones joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _space, rest in (line.partition(" ") for line in lines)]


def only(word: str, holding: str = "") -> str:
    found = [rest for name, rest in instructions() if name == word and holding in rest]
    assert len(found) == 1
    return found[0]


def built_environment(tree: Path, data: Path) -> dict[str, str]:
    """What ENV sets, with the places of the image replaced by those of this test."""
    told = dict(pair.split("=", 1) for name, rest in instructions() if name == "ENV" for pair in shlex.split(rest))
    places = {"/srv/madang": str(tree), "/var/lib/madang": str(data), "/run/madang-metrics": str(data / "metrics")}
    for place, here in places.items():
        told = {name: value.replace(place, here) for name, value in told.items()}
    told["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**environment(data), **told}


def test_the_web_processes_of_the_image_are_those_of_make_run() -> None:
    """As many threads, of which guests' pages leave some to members, and memory kept as tightly."""
    started = json.loads(only("CMD"))
    ours = web_command(host="0.0.0.0", port=8000, workers=2)
    for option in ("--blocking-threads", "--workers", "--interface"):
        assert started[started.index(option) + 1] == ours[ours.index(option) + 1]
    told = dict(pair.split("=", 1) for name, rest in instructions() if name == "ENV" for pair in shlex.split(rest))
    assert WEB_ENVIRONMENT.items() <= told.items()
    assert members_first.ROOM < THREADS


@pytest.fixture(scope="module")
def tree() -> Iterator[Path]:
    """The project as COPY takes it, with the image's RUN steps done."""
    place = Path(tempfile.mkdtemp(prefix="madang-image-"))
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, map(os.fsdecode, files)):
        if (ROOT / name).is_file():
            (place / "srv" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / "srv" / name)
    (place / "data" / "metrics").mkdir(parents=True)
    step = only("RUN", "collectstatic").replace("/srv/madang", str(place / "srv"))
    done = subprocess.run(
        ["sh", "-c", step],
        cwd=place / "srv",
        env=built_environment(place / "srv", place / "data"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    yield place / "srv"
    embedded.stop(place / "data" / "services")
    Running(place).all_gone()
    shutil.rmtree(place, ignore_errors=True)


def test_the_requirements_are_installed_as_locked() -> None:
    assert "pip install --no-cache-dir --require-hashes -r requirements.txt" in only("RUN", "pip install")


def test_the_image_holds_static_files_and_words_and_no_secret(tree: Path) -> None:
    assert (tree / "built" / "static" / "staticfiles.json").exists()
    assert list((tree / "locale").rglob("*.mo"))
    assert not list(tree.rglob("secret_key"))


def test_every_part_runs_with_the_environment_of_compose(tree: Path) -> None:
    data = tree.parent / "data"
    services = embedded.join_or_start(data / "services", durable=False)
    told = built_environment(tree, data) | filled(COMPOSE["services"]["web"]["environment"])
    told |= {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
    site = Running(data)

    migrated = subprocess.run(COMPOSE["services"]["migrate"]["command"], cwd=tree, env=told, check=False)
    assert migrated.returncode == 0
    web = [word.replace("8000", str(site.port)).replace("0.0.0.0", "127.0.0.1") for word in json.loads(only("CMD"))]
    parts = [web, *(COMPOSE["services"][name]["command"] for name in ("worker", "letters", "learning", "beat"))]
    running = [subprocess.Popen(part, cwd=tree, env=told, stdout=subprocess.DEVNULL) for part in parts]
    try:
        assert wait_for(lambda: site.get("health/")[0] == 200)
        assert wait_for(lambda: site.health()["parts"]["worker"] == "up")
        check = json.loads(only("HEALTHCHECK").split("CMD ", 1)[1])
        assert (
            subprocess.run([*check[:2], check[2].replace("8000", str(site.port))], env=told, check=False).returncode
            == 0
        )
        assert [part.poll() for part in running] == [None] * len(running)
    finally:
        for part in running:
            part.terminate()
        for part in running:
            part.wait(40)


def test_compose_names_every_variable_that_must_be_set() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+):\?", text)) == set(SECRETS)
    assert COMPOSE["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]


def filled(variables: dict[str, Any]) -> dict[str, str]:
    """As compose fills them from .env."""
    pattern = re.compile(r"\$\{(\w+)(?::[?-][^}]*)?\}")
    return {name: pattern.sub(lambda hit: SECRETS.get(hit[1], ""), str(value)) for name, value in variables.items()}
