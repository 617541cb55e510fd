"""A schema and values in the reader's language, for pages and receipts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commerce.specifications.kinds import CHOICE, MEASURE, UPLOAD
from commerce.specifications.models import Schema


def label_of(row: Mapping[str, Any], name: str = "label") -> str:
    """The label of a field or choice: the Korean one for those who read Korean, if there is one."""
    korean = (get_language() or "").startswith("ko")
    return (row.get(f"{name}_ko") if korean else "") or row.get(name, "")


def in_words(schema: Schema, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of each field that has a value, in the order of the schema."""
    return [(label_of(row), _value(row, values[row["key"]])) for row in schema.fields if row["key"] in values]


def _value(row: Mapping[str, Any], value: Any) -> str:
    if row["kind"] == CHOICE:
        return next((label_of(choice) for choice in row["choices"] if choice["value"] == value), str(value))
    if row["kind"] == MEASURE:
        return f"{value} {row['unit']}".strip()
    if row["kind"] == UPLOAD:
        return _("a picture of yours")
    return str(value)
