"""The first set-up of a real site, as its operator runs it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from PIL import Image

from config import embedded
from tests.config.running import Running, free_port, manage
from tests.config.test_up import one_sentence


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="madang-setup-"))
    yield place
    embedded.stop(place)
    Running(place).all_gone()
    shutil.rmtree(place, ignore_errors=True)


def rows(data: Path, question: str) -> list[tuple]:
    with psycopg.connect(embedded.join_or_start(data).database_url) as link:
        return link.execute(question).fetchall()


def test_a_real_site_is_set_up_by_options(data: Path, tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), "navy").save(tmp_path / "logo.png")
    box = Mailbox(tmp_path / "mail")
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        told = manage(
            data,
            *(
                "setup",
                "--no-input",
                "--name",
                "우리 마당",
                "--who",
                "Madang Ltd, Seoul",
                "--contact",
                "us@example.com",
            ),
            *("--language", "en", "--time-zone", "Europe/London", "--logo", str(tmp_path / "logo.png")),
            *("--operator", "first@example.com", "--username", "first", "--mail-test", "first@example.com"),
            OPERATOR_PASSWORD="a-bench-in-the-sun",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(server.port),
        )
    finally:
        server.stop()
    assert told.returncode == 0, told.stderr
    assert told.stdout == (
        "first <first@example.com>\n"
        "A letter went to first@example.com.\n"
        "The site is set up. Start it with `make run`, or see docs/guides/deploy.md.\n"
    )
    assert rows(data, "SELECT name, default_language, time_zone, logo IS NOT NULL FROM community_site_site") == [
        ("우리 마당", "en", "Europe/London", True)
    ]
    assert rows(data, "SELECT username, is_operator FROM community_members_member") == [("first", True)]
    assert [letter["To"] for letter in box.mailbox] == ["first@example.com"]


def test_a_site_without_an_operator_says_so(tmp_path: Path) -> None:
    told = manage(tmp_path, "setup", "--no-input", "--name", "Court")
    embedded.stop(tmp_path)
    assert told.stdout.endswith("Nobody can operate it yet: run this again with --operator EMAIL --username NAME.\n"), (
        told.stderr
    )


def test_an_operator_needs_a_password_as_good_as_a_member_s(data: Path) -> None:
    words = ("setup", "--no-input", "--operator", "second@example.com", "--username", "second")
    told = manage(data, *words, OPERATOR_PASSWORD="short")
    assert told.returncode == 2
    assert one_sentence(told.stderr).startswith(
        "The operator's password will not do. This password is too short. It must contain at least 10 characters."
    )
    assert rows(data, "SELECT 1 FROM community_members_member WHERE username = 'second'") == []


def test_a_site_that_is_set_up_never_gets_the_demo_and_its_known_passwords(data: Path) -> None:
    assert manage(data, "setup", "--no-input", "--name", "우리 마당").returncode == 0
    site = Running(data)
    site.start(["make", "run", "ARGS="])
    try:
        assert "password" not in site.said
        assert site.health()["parts"]["demo"] == "not asked for"
    finally:
        site.stop()
    assert rows(data, "SELECT demo_loaded_at FROM community_site_site") == [(None,)]
    assert rows(data, "SELECT 1 FROM community_members_member WHERE email = 'operator@example.com'") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--language", "fr"], "Madang speaks Korean (ko) and English (en): choose one of them."),
        (["--time-zone", "Moon"], "There is no such time zone: write it like Asia/Seoul."),
        (["--logo", "/no/such/file"], "The logo /no/such/file cannot be read (No such file or directory)."),
        (["--operator", "x@example.com"], "An operator needs --username, and a password in OPERATOR_PASSWORD."),
        (["--mail-test", "x@example.com"], "No mail server is set: set EMAIL_HOST (docs/guides/settings.md). "),
    ],
)
def test_what_cannot_be_right_is_one_sentence(data: Path, words: list[str], sentence: str) -> None:
    told = manage(data, "setup", "--no-input", *words)
    assert told.returncode == 2
    assert one_sentence(told.stderr).startswith(sentence)


def test_a_mail_server_that_is_not_there_is_one_sentence(data: Path) -> None:
    told = manage(data, "setup", "--no-input", "--mail-test", "x@example.com", EMAIL_HOST="127.0.0.1", EMAIL_PORT="1")
    assert told.returncode == 2
    assert one_sentence(told.stderr).startswith("The letter could not be sent by 127.0.0.1:1 (")
