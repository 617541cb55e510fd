"""Every abuse case has a test named test_NN_… in this folder, or waits in pending.txt with the part it waits for."""

import re
from pathlib import Path

HERE = Path(__file__).parent
CASES = set(range(1, 47))


def tried() -> set[int]:
    names = " ".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    return {int(number) for number in re.findall(r"def test_(\d\d)_", names)}


def pending() -> dict[int, str]:
    lines = (HERE / "pending.txt").read_text(encoding="utf-8").splitlines()
    return {int(n): why for n, _, why in (line.partition(" ") for line in lines if line and line[0] != "#")}


def test_every_case_is_tried_or_waits_for_a_named_part() -> None:
    assert CASES - tried() - set(pending()) == set()


def test_no_case_is_both_tried_and_waiting() -> None:
    assert tried() & set(pending()) == set()


def test_each_waiting_case_names_its_part() -> None:
    parts = ("courtyard", "market", "live", "promotions", "later")
    assert [n for n, why in pending().items() if not why.startswith(parts)] == []
