"""Keyset paging: a page costs the same however deep it lies, and rows that move are neither lost nor doubled.

    page = keyset(Topic.objects.visible_to(member), order=("-bumped_at",), cursor=request.GET.get("cursor"))

The id is added to the order as tie-break. All columns run in one direction, so that the comparison is one row
comparison that an index answers.
"""

import base64
import binascii
import datetime as dt
import decimal
import json
import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, GeneratedField, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from community.foundation import prepared
from community.foundation.characters import is_storable
from community.foundation.problems import Invalid

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 20
LARGEST = 100


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows with the cursors of its neighbours; None where there is no neighbour."""

    items: list[Row]
    next: str | None = None
    previous: str | None = None
    order: tuple[str, ...] = field(default=())

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class _RowValue(Func):
    template = "(%(expressions)s)"
    function = ""
    output_field = BooleanField()  # of no meaning: rows are compared, never read


def keyset(rows: QuerySet[Row], *, order: Sequence[str], cursor: str | None = None, size: int = PAGE_SIZE) -> Page[Row]:
    """The page of `rows` that begins at `cursor`, in `order` (column names or annotations, "-" for descending, one
    direction for all; no column may be null).

    Raises Invalid with code `invalid_cursor` for a cursor that is none of ours for this order.
    """
    where = _Where.of(rows, order=order, cursor=cursor, size=size)
    return where.page(list(where.rows(rows, **where.position)))


def kept_keyset(
    key: Hashable | None,
    build: Callable[[], QuerySet[Row]],
    *,
    model: type[Row],
    order: Sequence[str],
    cursor: str | None = None,
    by: UUID | None = None,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """What `keyset` gives of `build()`, rows of `model` ordered by its own columns, by a statement that is kept under
    `key` for all pages (see foundation.prepared). Raises Invalid as `keyset` does."""
    where = _Where.of(model._default_manager.all(), order=order, cursor=cursor, size=size)
    if not all(type(value) in prepared.KINDS for value in where.position.values()):
        key = None
    key = None if key is None else (key, where.names, where.down, size, where.backwards, bool(where.position))
    return where.page(prepared.rows(key, lambda **at: where.rows(build(), **at), by=by, **where.position))


def beyond(rows: QuerySet[Row], *, order: Sequence[str], cursor: str | None = None) -> QuerySet[Row]:
    """`rows` in `order` from `cursor` on, for lists woven of several. Raises Invalid as `keyset` does."""
    names = _names(order)
    down = order[0].startswith("-")
    if cursor:
        _backwards, position = _decode(cursor, names, rows)
        rows = rows.filter(_beyond(names, position, down=down, rows=rows))
    return rows.order_by(*(f"-{name}" if down else name for name in names))


@dataclass(frozen=True)
class _Where:
    """Which page: the order, and the values of the row that it begins after (none for the first), by `at_<number>`."""

    order: tuple[str, ...]
    names: tuple[str, ...]
    down: bool
    backwards: bool
    position: dict[str, Any]
    size: int

    @classmethod
    def of(cls, rows: QuerySet[Any], *, order: Sequence[str], cursor: str | None, size: int) -> "_Where":
        """Raises Invalid for a cursor that is none."""
        names = _names(order)
        backwards, values = _decode(cursor, names, rows) if cursor else (False, [])
        position = {f"at_{number}": value for number, value in enumerate(values)}
        return cls(tuple(order), names, order[0].startswith("-"), backwards, position, size)

    def rows(self, rows: QuerySet[Row], **position: Any) -> QuerySet[Row]:
        """The rows of the page and one more, which tells whether there is another page."""
        down = self.down != self.backwards
        if position:
            rows = rows.filter(_beyond(self.names, list(position.values()), down=down, rows=rows))
        return rows.order_by(*(f"-{name}" if down else name for name in self.names))[: self.size + 1]

    def page(self, found: list[Row]) -> Page[Row]:
        more, found = len(found) > self.size, found[: self.size]
        if self.backwards:
            found.reverse()
        older, newer = (more or self.backwards), (more if self.backwards else bool(self.position))
        return Page(
            items=found,
            next=_encode(found[-1], self.names, backwards=False) if found and older else None,
            previous=_encode(found[0], self.names, backwards=True) if found and newer else None,
            order=self.order,
        )


def cursor_after(row: Model, order: Sequence[str]) -> str:
    """The cursor of the page that begins after `row` in `order`, for lists woven of several (reviews.ordering)."""
    return _encode(row, _names(order), backwards=False)


def _names(order: Sequence[str]) -> tuple[str, ...]:
    names = tuple(name.lstrip("-") for name in order)
    return names if names[-1] in {"id", "pk"} else (*names, "id")


def _beyond(names: tuple[str, ...], position: list[Any], *, down: bool, rows: QuerySet[Any]) -> Any:
    comparison = LessThan if down else GreaterThan
    left = _RowValue(*(F(name) for name in names))
    values = zip(names, position, strict=True)
    right = _RowValue(*(Value(value, output_field=_field(name, rows)) for name, value in values))
    return comparison(left, right)


def _field(name: str, rows: QuerySet[Any]) -> Any:
    if name in rows.query.annotations:
        return rows.query.annotations[name].output_field
    model_field: Any = rows.model._meta.pk if name == "pk" else None
    model = rows.model
    for part in () if model_field else name.split("__"):
        model_field = model._meta.get_field(part)
        model = model_field.related_model or model
    return model_field.output_field if isinstance(model_field, GeneratedField) else model_field


def _place(column: Any, value: Any) -> Any:
    """`value` as the column holds it. Raises ValueError, OverflowError or ValidationError for what it cannot hold."""
    place = column.to_python(value)
    if isinstance(place, str) and not is_storable(place):
        raise ValueError
    if isinstance(place, dt.datetime):
        if place.tzinfo is None:
            raise ValueError
        place = place.astimezone(dt.UTC)  # PostgreSQL knows no displacement beyond 16 hours
    return place


def _encode(row: Model, names: tuple[str, ...], *, backwards: bool) -> str:
    values = [_plain(_read(row, name)) for name in names]
    packed = json.dumps([int(backwards), *values], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _read(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | decimal.Decimal):
        return str(value)
    return value


def _decode(cursor: str, names: tuple[str, ...], rows: QuerySet[Any]) -> tuple[bool, list[Any]]:
    """Whether it leads backwards, and the values of the row that the page begins after, as their columns hold them."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        backwards, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if len(values) != len(names) or backwards not in (0, 1):
            raise ValueError
        typed: list[Any] = []
        for name, value in zip(names, values, strict=True):
            if not isinstance(value, str | int | float) or (isinstance(value, int) and abs(value) >= 2**63):
                raise ValueError
            typed.append(_place(_field(name, rows), value))
    except (ValueError, TypeError, binascii.Error, OverflowError, RecursionError, ValidationError) as error:
        raise Invalid(
            _("That page address is not one of ours. Start from the first page."), code="invalid_cursor"
        ) from error
    return bool(backwards), typed
