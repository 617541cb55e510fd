"""A backup is one tar file: the database's dump, every uploaded file, the site's secret key, and a manifest with the
SHA-256 of each. `restore` checks all of them before it changes anything."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from community.foundation import clock
from config import embedded

FORMAT = 1
MANIFEST = "MANIFEST.json"  # last in the file, so that a file that was cut off has none
DUMP = "database.dump"
SECRET = "secret_key"  # noqa: S105  (a name in the archive)
MEDIA = "media/"
BLOCK = 1024 * 1024


class BackupError(Exception):
    """One sentence that says why, and what to do."""


@dataclass(frozen=True)
class Result:
    path: Path
    sha256: str
    files: int
    bytes: int


def make_backup(path: Path) -> Result:
    """Write everything into `path`, readable by its owner alone; nothing is left there when it fails.

    The database goes first: a file uploaded meanwhile is in the backup without being needed, never the reverse.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            sums = _write(out)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BackupError(f"The backup cannot be written to {path} ({error.strerror}): name another file.") from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    with open(path, "rb") as whole:
        return Result(path, hashlib.file_digest(whole, "sha256").hexdigest(), len(sums), path.stat().st_size)


def _write(out: IO[bytes]) -> dict[str, str]:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w") as archive:
        with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR) as dump:
            _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump.name}")
            dump.seek(0)
            sums[DUMP] = _add(archive, DUMP, dump, os.fstat(dump.fileno()).st_size)
        secret = settings.DATA_DIR / SECRET
        if secret.exists():
            sums[SECRET] = _add(archive, SECRET, io.BytesIO(secret.read_bytes()), secret.stat().st_size)
        for name in _stored():
            with default_storage.open(name) as file:
                sums[MEDIA + name] = _add(archive, MEDIA + name, file, default_storage.size(name))
        applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "migrations": applied, "sha256": sums}
        words = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        _add(archive, MANIFEST, io.BytesIO(words), len(words))
    return sums


def _add(archive: tarfile.TarFile, name: str, source: Any, size: int) -> str:
    """Copy `source` into the archive and return its SHA-256."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(clock.now().timestamp())
    reading = _Summed(source)
    archive.addfile(entry, reading)  # type: ignore[arg-type]
    return reading.sum.hexdigest()


class _Summed:
    def __init__(self, source: Any) -> None:
        self.source = source
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part: bytes = self.source.read(size)
        self.sum.update(part)
        return part


def _stored(folder: str = "") -> Iterator[str]:
    """Every file in the storage of uploads, in order."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from _stored(f"{folder}{name}/")


def check(path: Path) -> dict[str, Any]:
    """Read the whole file and compare every sum. Returns the manifest, raises BackupError."""
    seen: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(path, "r:") as archive:
            for entry in archive:
                content = archive.extractfile(entry)
                if (
                    not entry.isfile()
                    or content is None
                    or ".." in Path(entry.name).parts
                    or entry.name.startswith("/")
                ):
                    raise BackupError(f"{path} holds {entry.name!r}, which no backup of Madang holds: it is not used.")
                if entry.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    seen[entry.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except (OSError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{path} cannot be read as a backup ({error}): use another one.") from error
    if manifest is None or manifest.get("format") != FORMAT:
        raise BackupError(f"{path} is cut off or is no backup of this Madang: use another one.")
    if manifest["sha256"] != seen:
        wrong = sorted(set(manifest["sha256"].items()) ^ set(seen.items()))[0][0]
        raise BackupError(f"{path} is damaged ({wrong} differs from its check sum): use another one.")
    return manifest


def restore(path: Path, *, replace: bool) -> int:
    """Put the site into the state of the backup; returns how many uploaded files there are.

    Raises BackupError before anything is changed: for a damaged file, one made by a newer Madang, and, unless `replace`
    is set, when the database is not empty. The database changes in one transaction.
    """
    manifest = check(path)
    newer = set(manifest["migrations"]) - _known_migrations()
    if newer:
        raise BackupError(f"{path} was made by a newer Madang ({sorted(newer)[0]}): update this one first.")
    if not replace and connection.introspection.table_names():
        raise BackupError("The database is not empty: to replace all that is in it, add --replace.")
    with tarfile.open(path, "r:") as archive, tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as room:
        archive.extract(DUMP, room, filter="data")
        connections.close_all()
        # What is there goes and what was kept comes in one transaction: all or nothing.
        script = Path(room) / "restore.sql"
        _postgres("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", f"{room}/{DUMP}")
        first = "SET client_min_messages TO warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        _postgres(
            "psql", "-Xq", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--command={first}", f"--file={script}"
        )
        files = _restore_files(archive)
        if SECRET in manifest["sha256"]:
            archive.extract(SECRET, settings.DATA_DIR, filter="data")
    call_command("migrate", interactive=False, verbosity=0)
    cache.clear()
    return files


def _restore_files(archive: tarfile.TarFile) -> int:
    wanted = {entry.name.removeprefix(MEDIA): entry for entry in archive if entry.name.startswith(MEDIA)}
    for name in list(_stored()):
        if name not in wanted:
            default_storage.delete(name)
    for name, entry in wanted.items():
        if default_storage.exists(name):
            default_storage.delete(name)
        content = archive.extractfile(entry)
        assert content is not None
        default_storage.save(name, content)  # type: ignore[arg-type]
    return len(wanted)


def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}


def _postgres(program: str, *words: str) -> None:
    """Run a client program on this site's database; the password never is an argument, which all could read."""
    place = connection.settings_dict
    told = {"PGHOST": place["HOST"], "PGPORT": str(place["PORT"]), "PGUSER": place["USER"]}
    told |= {"PGPASSWORD": place["PASSWORD"], "PGDATABASE": place["NAME"]}
    environment = {**os.environ, **{name: value for name, value in told.items() if value}}
    done = subprocess.run(
        [str(embedded.program(program)), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
