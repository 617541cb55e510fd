"""docs/specification.md lists every promised item with the test that proves it, or says what is missing and why."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROW = re.compile(r"^\| (\d\.\d\d) \| (.*?) \| (.*) \|$", re.M)
NAMED = re.compile(r"`((?:tests|benchmarks)/[\w/]+\.py)(?:::(\w+))?`")


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall((ROOT / "docs" / "specification.md").read_text(encoding="utf-8"))


def test_every_item_names_its_proof_or_says_that_it_is_missing() -> None:
    bare = [number for number, _promise, proof in rows() if not NAMED.search(proof) and "missing:" not in proof]
    assert rows()
    assert bare == []


def test_every_named_proof_exists() -> None:
    absent = []
    for number, _promise, proof in rows():
        for file, function in NAMED.findall(proof):
            path = ROOT / file
            if not path.exists() or (function and f"def {function}" not in path.read_text(encoding="utf-8")):
                absent.append(f"{number}: {file} {function}")
    assert absent == []


def test_no_item_stands_twice() -> None:
    numbers = [number for number, _promise, _proof in rows()]
    assert len(numbers) == len(set(numbers))
