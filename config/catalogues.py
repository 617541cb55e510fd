"""Extraction, merging, checking and compiling of the catalogues of words (see the command `messages`)."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
TARGETS = ("ko",)
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
SKIPPED = {"migrations", "__pycache__", "vendor", ".venv"}


def features() -> dict[str, list[Path]]:
    """Catalogue folder (below locale/) → the files whose words it holds. What belongs to no app is `project`."""
    found: dict[str, list[Path]] = {"project": []}
    claimed: list[Path] = []
    for name in settings.WING_APPS:
        parts = name.split(".")
        folders = [ROOT.joinpath(*parts), ROOT.joinpath("templates", *parts)]
        claimed += folders
        found["/".join(parts)] = [path for folder in folders for path in _sources(folder)]
    for folder in (
        ROOT / "config",
        ROOT / "community",
        ROOT / "commerce",
        ROOT / "recommendations",
        ROOT / "templates",
    ):
        found["project"] += [path for path in _sources(folder) if not any(path.is_relative_to(app) for app in claimed)]
    return found


def _sources(folder: Path) -> Iterator[Path]:
    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED)
        for name in sorted(files):
            if name.endswith((".py", ".html", ".txt", ".xml")):
                yield Path(directory, name)


def extracted(files: list[Path]) -> Catalog:
    """The words that these files ask to have translated."""
    catalog = Catalog(fuzzy=False, charset="utf-8")
    for path in files:
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else _flat(templatize(text))
        for _line, message, comments, context in extract(
            "python", io.BytesIO(code.encode()), KEYWORDS, ["Translators:"]
        ):
            catalog.add(message, context=context, auto_comments=comments, flags=_flags(path, message))
    return catalog


def _flat(code: str) -> str:
    """What `templatize` leaves of a template, without the template's indentation, which is none of Python's."""
    return "\n".join(line.strip() for line in code.split("\n"))


def _flags(path: Path, message: str | tuple[str, ...]) -> set[str]:
    single = message if isinstance(message, str) else message[0]
    return {"python-format"} if "%(" in single or ("%s" in single and path.suffix == ".py") else set()


def po_path(feature: str, language: str) -> Path:
    return ROOT / "locale" / feature / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update() -> Iterator[str]:
    """Merge what the sources say into every catalogue, keeping translations; says what is still untranslated."""
    for feature, files in features().items():
        template = extracted(files)
        for language in TARGETS:
            path = po_path(feature, language)
            if not len(template) and not path.exists():
                continue
            merged = Catalog(locale=language, charset="utf-8", fuzzy=False)
            known = read(path, language)
            for message in template:
                if message.id:
                    old = known.get(message.id, message.context)
                    merged.add(message.id, old.string if old else None, flags=message.flags, context=message.context)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, merged, width=0, sort_output=True, omit_header=False, no_location=True)
            _steady_header(path, language)
            missing = sum(1 for message in merged if message.id and not _complete(message))
            if missing:
                yield f"{path.relative_to(ROOT)}: {missing} without translation"


def _steady_header(path: Path, language: str) -> None:
    """A header without dates and names, so that a catalogue changes only when its words do."""
    body = path.read_text(encoding="utf-8").split("\n\n", 1)
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Madang\\n"\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    )
    path.write_text(header + "\n" + (body[1] if len(body) > 1 else ""), encoding="utf-8")


def _complete(message: object) -> bool:
    string = message.string  # type: ignore[attr-defined]
    return all(string) if isinstance(string, tuple | list) else bool(string)


def faults() -> list[str]:
    """Every word that a catalogue lacks, has too many, or has only as a guess."""
    found: list[str] = []
    for feature, files in features().items():
        wanted = {(message.id, message.context) for message in extracted(files) if message.id}
        for language in TARGETS:
            path = po_path(feature, language)
            catalog = read(path, language)
            here = str(path.relative_to(ROOT))
            known = {(message.id, message.context) for message in catalog if message.id}
            found += [
                f"{here}: lacks {message!r}; run `make messages`" for message, _ in sorted(map(_plain, wanted - known))
            ]
            found += [
                f"{here}: no source has {message!r}; run `make messages`"
                for message, _ in sorted(map(_plain, known - wanted))
            ]
            for message in catalog:
                if message.id and (not _complete(message) or message.fuzzy):
                    found.append(f"{here}: {message.id!r} is not translated")
                elif message.id and any(message.check()):
                    found.append(f"{here}: {message.id!r}: placeholders differ")
    return found


def disagreements() -> list[str]:
    """Words that two features translate differently: Django joins all catalogues, so that only one of them would show."""
    found: list[str] = []
    for language in TARGETS:
        said: dict[tuple[str, str], dict[str, str]] = {}
        for feature in features():
            for message in read(po_path(feature, language), language):
                if message.id and _complete(message):
                    said.setdefault(_plain((message.id, message.context)), {})[str(message.string)] = feature
        found += [
            f"{word!r} is said in two ways ({', '.join(f'{text} in {feature}' for text, feature in ways.items())}): "
            f"use one, or give it a context (pgettext, translate … context)"
            for (word, _), ways in sorted(said.items())
            if len(ways) > 1
        ]
    return found


def _plain(pair: tuple[object, str | None]) -> tuple[str, str]:
    return str(pair[0]), pair[1] or ""


def compile_stale() -> int:
    """Write every .mo that is older than its .po; gives how many."""
    written = 0
    for po in (ROOT / "locale").rglob("*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        catalog = read(po, po.parent.parent.name)
        partial = mo.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as file:
            write_mo(file, catalog)
        partial.replace(mo)
        written += 1
    return written
