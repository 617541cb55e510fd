"""Budgets of size, with lists that may only shrink (tests/architecture/over_budget.txt: `path` or `path::function`)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, MOST_MODELS = 400, 50, 25, 10
FOLDERS = ("config", "community", "commerce", "recommendations", "tests", "benchmarks")


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def allowed() -> set[str]:
    lines = (Path(__file__).parent / "over_budget.txt").read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def functions(path: Path) -> Iterator[tuple[str, int, bool]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [argument.arg for argument in node.args.args]
            is_view = path.name == "views.py" and arguments[:1] == ["request"]
            yield node.name, (node.end_lineno or 0) - node.lineno + 1, is_view


def test_files_and_functions_keep_their_budgets() -> None:
    over = set()
    for path in sources():
        name = str(path.relative_to(ROOT))
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE:
            over.add(name)
        for function, length, is_view in functions(path):
            if length > (LONGEST_VIEW if is_view else LONGEST_FUNCTION):
                over.add(f"{name}::{function}")
    assert over - allowed() == set(), "split these by subject"
    assert allowed() - over == set(), "these are within budget now: take them off over_budget.txt"


def test_no_app_has_more_than_ten_models() -> None:
    large = {
        config.name: len(list(config.get_models()))
        for config in apps.get_app_configs()
        if config.name in settings.WING_APPS and len(list(config.get_models())) > MOST_MODELS
    }
    assert large == {}
