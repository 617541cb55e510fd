"""A backup of a real site, and what restores from it; each in a data folder of its own."""

import html
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.running import Running, manage
from tests.config.test_up import one_sentence

FILES = {"uploads/한글 이름.webp": b"picture", "uploads/deep/er/empty": b"", "large": b"0123456789" * 300_000}


@pytest.fixture(scope="module")
def backup() -> Iterator[Path]:
    """A site with a name and files, kept in a tar file beside it."""
    place = Path(tempfile.mkdtemp(prefix="madang-backup-"))
    data = place / "data"
    made = manage(data, "setup", "--no-input", "--name", "뒷마당", "--who", "Lee", "--time-zone", "Asia/Tokyo")
    assert made.returncode == 0, made.stderr
    for name, content in FILES.items():
        (data / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (data / "media" / name).write_bytes(content)
    told = manage(data, "backup", str(place / "site.tar"))
    assert told.returncode == 0, told.stderr
    assert "SHA-256" in told.stdout
    yield place / "site.tar"
    Running(data).all_gone()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="madang-restored-"))
    yield place / "data"
    Running(place / "data").all_gone()
    shutil.rmtree(place, ignore_errors=True)


def test_a_backup_is_for_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert not list(backup.parent.glob("*.unfinished"))


def test_a_site_that_runs_is_not_replaced(backup: Path, other: Path) -> None:
    site = Running(other).start()
    try:
        told = manage(other, "restore", str(backup), "--replace")
        assert told.returncode == 2
        assert one_sentence(told.stderr).startswith(f"Madang runs already with the data in {other}: stop it, ")
        with psycopg.connect(database_of(other)) as link:
            assert link.execute("SELECT 1 FROM community_site_site WHERE name = '뒷마당'").fetchone() is None
    finally:
        site.stop()


def test_a_restored_site_has_the_same_rows_files_and_key(backup: Path, other: Path) -> None:
    told = manage(other, "restore", str(backup))
    assert (told.returncode, told.stdout) == (0, "Restored, with 3 uploaded files.\n"), told.stderr
    for name, content in FILES.items():
        assert (other / "media" / name).read_bytes() == content
    assert (other / "secret_key").read_bytes() == (backup.parent / "data" / "secret_key").read_bytes()
    site = Running(other).start()
    try:
        with psycopg.connect(database_of(other)) as link:
            row = link.execute("SELECT name, who_runs_it, time_zone FROM community_site_site").fetchone()
        assert row == ("뒷마당", "Lee", "Asia/Tokyo")
        assert site.get("health/")[0] == 200
        assert "뒷마당".encode() in site.get("no-such-page/")[1]
        assert crawled(site) == {}
    finally:
        site.stop()


def test_a_site_that_is_not_empty_is_replaced_only_when_told(backup: Path, other: Path) -> None:
    assert manage(other, "setup", "--no-input", "--name", "Mine").returncode == 0
    (other / "media").mkdir(exist_ok=True)
    (other / "media" / "mine").write_bytes(b"x")
    told = manage(other, "restore", str(backup))
    assert told.returncode == 2
    assert one_sentence(told.stderr) == "The database is not empty: to replace all that is in it, add --replace."
    assert (other / "media" / "mine").exists()
    assert manage(other, "restore", str(backup), "--replace").returncode == 0
    assert not (other / "media" / "mine").exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("flip", "is damaged (database.dump differs from its check sum): use another one."),
        ("cut", "cannot be read as a backup"),
        ("end", "is cut off or is no backup of this Madang: use another one."),
        ("escape", "holds '../escaped', which no backup of Madang holds: it is not used."),
        ("absent", "cannot be read as a backup"),
    ],
)
def test_a_damaged_backup_changes_nothing(backup: Path, other: Path, damage: str, words: str) -> None:
    bad = other.parent / "bad.tar"
    spoil(backup, bad, damage)
    told = manage(other, "restore", str(bad), "--replace")
    assert told.returncode == 2
    assert words in one_sentence(told.stderr)
    assert not (other / "media").exists()
    assert not (other.parent / "escaped").exists()


def spoil(whole: Path, bad: Path, damage: str) -> None:
    content = bytearray(whole.read_bytes())
    if damage == "flip":
        content[5000] ^= 1
    if damage == "cut":
        del content[len(content) // 2 :]
    if damage == "end":
        with tarfile.open(whole) as archive:
            del content[archive.getmember("MANIFEST.json").offset :]
        content += bytes(10240)
    if damage != "absent":
        bad.write_bytes(content)
    if damage == "escape":
        with tarfile.open(bad, "a") as archive:
            archive.addfile(tarfile.TarInfo("../escaped"))


def crawled(site: Running, most: int = 80) -> dict[str, int]:
    """The pages that a guest who follows every link comes to and that do not open."""
    waiting, seen, broken = [""], set(), {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        status, page = site.get(path)
        if status != 200:
            broken[path] = status
        found = re.findall(rb'(?:href|src)="/([^"#]*)', page)
        waiting += [html.unescape(link.decode()) for link in found if not link.startswith(b"/")]
    assert len(seen) > 5
    return broken


def database_of(data: Path) -> str:
    text = (data / "run" / "services.json").read_text()
    return text.split('"database_url": "')[1].split('"')[0]
