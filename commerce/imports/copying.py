"""Many rows of one model at once, by COPY: every constraint and trigger of the table holds as for any other insert."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql
from psycopg.types.json import Jsonb


def copy_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of the fields `names` (by attname); every other field gets its default, which must be one value for all."""
    columns = {field.attname: field for field in model._meta.concrete_fields if not field.generated}
    others = [(field, _default(field)) for name, field in columns.items() if name not in names]
    written = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(
            sql.Identifier(str(field.column))
            for field in [*(columns[name] for name in names), *(f for f, _d in others)]
        ),
    )
    rest = tuple(default for _field, default in others)
    with connection.cursor() as cursor, cursor.copy(written) as copy:
        for row in rows:
            copy.write_row((*row, *rest))


def _default(field: Field) -> Any:
    value = field.get_default()
    return Jsonb(value) if isinstance(value, dict) else value
