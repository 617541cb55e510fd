"""Typed reading of the environment. A wrong value stops the start with a sentence that says how to mend it."""

import os
import sys
from pathlib import Path
from typing import NoReturn

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def refuse(sentence: str) -> NoReturn:
    """Print one sentence to standard error and leave with exit code 2."""
    sys.stderr.write(sentence.rstrip() + "\n")
    raise SystemExit(2)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    refuse(f"{name}={value!r} is neither yes nor no: set it to 1 or 0, or unset it.")


def integer(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        refuse(f"{name}={value!r} is not a whole number from {least} to {most}: correct it or unset it.")
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list separated by commas or white space."""
    value = text(name)
    return value.replace(",", " ").split() if value else list(default)


def folder(name: str, default: Path) -> Path:
    """An absolute folder; it need not exist yet, but nothing else may stand there."""
    path = Path(text(name) or default).expanduser().absolute()
    if path.exists() and not path.is_dir():
        refuse(f"{name}={str(path)!r} is a file: name a folder, or unset it.")
    return path


def url(name: str, schemes: tuple[str, ...]) -> str:
    value = text(name)
    if value and value.split("://", 1)[0] not in schemes:
        allowed = " or ".join(f"{scheme}://…" for scheme in schemes)
        refuse(f"{name} must begin with {allowed}: correct it, or unset it to use the embedded service.")
    return value
