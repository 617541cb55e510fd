"""Makes `.venv` with exactly the locked requirements; run by make with the system's Python, before anything is there.

`--dev` adds what the tests need, the browser included. Nothing is done when the lock files are those of last time.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    dev = "--dev" in sys.argv[1:]
    files = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    try:
        with open(ROOT / "manage.py", "rb") as whole:  # two makes at once: the second waits, then has nothing to do
            fcntl.flock(whole, fcntl.LOCK_EX)
            _environment(files)
        if dev:
            _browser()
    except OSError as error:
        _refuse(f"The environment cannot be made in {VENV} ({error.strerror}): mend the folder, then run make again.")


def _environment(files: list[str]) -> None:
    stamp = VENV / ("madang-dev-stamp" if len(files) > 1 else "madang-stamp")
    whole = _sum(files)
    known = [path.read_text(encoding="ascii") for path in VENV.glob("madang-*stamp")]
    if whole in known or _sum(["requirements.txt", "requirements-dev.txt"]) in known:
        return
    if not (VENV / "bin" / "python").exists():
        _say("Making .venv …")
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode:
            _refuse(f"{sys.executable} cannot make a virtual environment: install its venv module (python3-venv).")
    _say("Installing the locked requirements …")
    words = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    words += ["--require-hashes", *(word for file in files for word in ("-r", str(ROOT / file)))]
    if subprocess.run(words, check=False).returncode:
        _refuse("The requirements could not be installed: see pip's words above, then run make again.")
    stamp.write_text(whole, encoding="ascii")


def _sum(files: list[str]) -> str:
    """Of the lock files and of the Python they were installed for."""
    whole = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in files:
        whole.update((ROOT / file).read_bytes())
    return whole.hexdigest()


def _browser() -> None:
    """The browser tests drive the system's Chromium. Without one they are skipped, and say so."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        _say("There is no Chromium here: the browser tests will be skipped. Install it to run them.")
        return
    _say("Installing Chromium for the browser tests …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
    ):
        if subprocess.run(words, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            _say("Chromium could not be installed: the browser tests will be skipped.")
            return


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _refuse(sentence: str) -> None:
    _say(sentence)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
