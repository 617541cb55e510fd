"""Statements of the pages that everyone opens: put together once in a process, then asked with other values.

    visible = lambda topic: Topic.objects.visible_to(member).filter(pk=topic)
    found = prepared.rows(("topic", rights.outlook(member)), visible, by=member.pk, topic=topic_id)

To put a queryset together costs several times as much as to ask it. The queryset stays the only place that says which
rows those are: the statement and its constants are taken from what Django makes of it on the first use of a key. `key`
must hold all that the queryset depends on, apart from the id of who asks (`by`) and the named values; with a key of
None it is asked as it stands. Values are of the `KINDS`. The queryset is put together with random ones in
place of the named values, so that none which somebody asks for can be mistaken for another constant of the statement.

With KEYS_CHECKED (in tests) every use is compared with the queryset as it would be now: a key that says too little
is found by any test that opens the page as two people (docs/decisions/0022).
"""

import copy
import datetime as dt
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

MOST = 200  # statements that a process keeps; the oldest goes
BY = "by"
Build = Callable[..., QuerySet[Any]]
Asked = UUID | dt.datetime | float | str
Values = Mapping[str, Asked]
KINDS: dict[type, Callable[[], Asked]] = {  # how a random one is made, which is no other constant of a statement
    UUID: uuid4,
    dt.datetime: lambda: dt.datetime.fromtimestamp(secrets.randbelow(2**51) / 1e6, dt.UTC),
    float: lambda: float(secrets.randbelow(2**51)),
    str: lambda: secrets.token_hex(16),
}


class KeySaysTooLittle(AssertionError):
    """A queryset depends on something that is neither in its key nor among its values."""


@dataclass(frozen=True)
class Statement:
    """What Django made of a queryset, and which of its constants are values, by name."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    constants: tuple[Any, ...]
    places: Mapping[int, str]

    @classmethod
    def of(cls, build: Build, by: UUID | None, values: Values) -> "Statement | None":
        """None where nothing can be found, so that nothing is asked."""
        stand_ins = {name: KINDS[type(value)]() for name, value in values.items()}
        queryset = build(**stand_ins)
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, constants = compiler.as_sql()
        except EmptyResultSet:
            return None
        named = {value: name for name, value in stand_ins.items()} | ({by: BY} if by else {})
        places = {at: named[each] for at, each in enumerate(constants) if type(each) in KINDS and each in named}
        return cls(queryset, compiler, sql, tuple(constants), places)

    def constants_with(self, values: Values) -> tuple[Any, ...]:
        return tuple(values[self.places[at]] if at in self.places else each for at, each in enumerate(self.constants))

    def rows(self, values: Values) -> list[Any]:
        told = self.sql, self.constants_with(values)
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[self.queryset.db]  # each thread has its own
        compiler.as_sql = lambda *args, **kwargs: told
        asked: Any = copy.copy(self.queryset.query)
        asked.get_compiler = lambda *args, **kwargs: compiler
        iterable: Any = self.queryset._iterable_class
        return list(iterable(self.queryset.__class__(self.queryset.model, query=asked)))


_kept: dict[Hashable, Statement] = {}


def rows(key: Hashable | None, build: Build, *, by: UUID | None = None, **values: Asked) -> list[Any]:
    """The rows of `build(**values)`, whose statement is kept under `key`."""
    if key is None:
        return list(build(**values))
    statement = _kept.get(key)
    if statement is None:
        statement = Statement.of(build, by, values)
        if statement is None:
            return []
        _keep(key, statement)
    told: Values = {**values, BY: by} if by else values
    if settings.KEYS_CHECKED:
        _check(key, statement, build(**values), told)
    return statement.rows(told)


def first(key: Hashable | None, build: Build, *, by: UUID | None = None, **values: Asked) -> Any:
    """The one row of a queryset that finds one at most, or None."""
    found = rows(key, build, by=by, **values)
    return found[0] if found else None


def _keep(key: Hashable, statement: Statement) -> None:
    """Threads may do so at once: then one more goes."""
    if len(_kept) >= MOST:
        _kept.pop(next(iter(list(_kept))), None)
    _kept[key] = statement


def _check(key: Hashable, kept: Statement, queryset: QuerySet[Any], values: Values) -> None:
    sql, constants = queryset.query.get_compiler(queryset.db).as_sql()
    if sql != kept.sql or tuple(constants) != kept.constants_with(values):
        raise KeySaysTooLittle(key)
