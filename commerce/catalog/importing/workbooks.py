"""The library of workbooks, read when the first one is: it weighs 18 MB, which no web process needs at its start."""

from importlib import import_module
from typing import Any


def library() -> Any:
    """openpyxl."""
    return import_module("openpyxl")
