"""What a member takes along: the registry of everything the site holds about them.

A row belongs in the export when a key named `member`, `owner`, `author` or `user` leads to the member: it is then
written out by itself, field by field. Other keys (who was flagged, who is ignored) tell about other people and are
left out, unless an app says otherwise in its `AppConfig.ready`:

    export.register("community_boards.Post.author", fields=("topic", "source", "created_at"))
    export.leave_out("community_moderation.Flag.member", why=_("names nobody who flagged"))
    export.add_rows("commerce_ledger.Entry", lambda member: [{"amount": 1}, ...])     # rows that no key leads to
    export.add_files("uploads", lambda member: [("uploads/a.webp", storage_name), ...])
"""

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise

from community.members.models import Member

OWNERS = {"member", "owner", "author", "user"}
SECRET = {"password", "token", "token_checksum", "secret", "client_secret", "data", "session_key", "file"}
Files = Callable[[Member], Iterable[tuple[str, str]]]
Rows = Callable[[Member], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class Part:
    """One key to Member, "app_label.Model.field". `fields` None means all but secrets; `why` is set if left out."""

    key: str
    fields: tuple[str, ...] | None = None
    why: str | Promise = ""


_parts: dict[str, Part] = {}
_files: dict[str, Files] = {}
_rows: dict[str, Rows] = {}


def register(key: str, *, fields: Iterable[str] | None = None) -> None:
    """Take the rows whose key leads to the member into the export."""
    _parts[key] = Part(key, tuple(fields) if fields is not None else None)


def leave_out(key: str, *, why: str | Promise) -> None:
    """Keep these rows out, for a reason that the page about data shows."""
    _parts[key] = Part(key, why=why)


def add_rows(name: str, rows: Rows) -> None:
    """Add rows that are the member's though no key of theirs leads to the member."""
    _rows[name] = rows


def add_files(name: str, files: Files) -> None:
    """Add files: pairs of (name in the archive, name in the default storage)."""
    _files[name] = files


def keys_to_member() -> Iterator[ForeignKey]:
    """Every column of the database that leads to a member."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model is Member:
                yield field


def name_of(field: Field) -> str:
    """ "app_label.Model.field" """
    return f"{field.model._meta.label}.{field.name}"


def part_of(field: ForeignKey) -> Part:
    """How the rows behind a key are exported: as declared, else by the key's name."""
    known = _parts.get(name_of(field))
    if known is not None:
        return known
    if field.name in OWNERS and not field.model._meta.auto_created:
        return Part(name_of(field))
    return Part(name_of(field), why="tells about others, or about a decision of theirs")


def rows(member: Member) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The export part by part: ("app_label.Model.field", rows as plain values)."""
    yield "community_members.Member", [_plain_row(member, None)]
    for field in keys_to_member():
        part = part_of(field)
        if part.why:
            continue
        found = field.model._base_manager.filter(**{field.name: member}).order_by("pk")
        if found.exists():
            yield part.key, [_plain_row(row, part.fields) for row in found.iterator(2000)]
    for name, more in _rows.items():
        if plain := [{key: _plain(value) for key, value in row.items()} for row in more(member)]:
            yield name, plain


def files(member: Member) -> Iterator[tuple[str, str]]:
    """(name in the archive, name in the storage) of every file."""
    for collect in _files.values():
        yield from collect(member)


def left_out() -> list[Part]:
    """What is left out, for the page that says so."""
    return [part for part in _parts.values() if part.why]


def _plain_row(row: Model, fields: tuple[str, ...] | None) -> dict[str, Any]:
    names = fields or [
        field.name
        for field in row._meta.concrete_fields
        if field.name not in SECRET and not isinstance(field, SearchVectorField)
    ]
    return {name: _plain(row.serializable_value(name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | decimal.Decimal | dt.timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return None
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool | dict):
        return value
    return str(value)
