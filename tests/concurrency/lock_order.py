"""Records in which order the suite of commerce locks rows, and fails the session when two orders contradict each other.

`commerce.locks` refuses a wrong order where it is asked; this sees every `FOR UPDATE` there is, also those that some
other app takes inside the same transaction, and updates of the tables whose rows are locked by place. An edge a → b
means: in one transaction, rows of table a were locked, then rows of table b. A cycle is a deadlock that waits for its day.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.backends.signals import connection_created

from commerce import locks

WATCHED = ("tests/commerce/", "tests/concurrency/")
_LOCKS = re.compile(r'FROM "(\w+)".*\bFOR (?:NO KEY )?UPDATE\b(?!.*SKIP LOCKED)', re.S)
_OF = re.compile(r'\bFOR (?:NO KEY )?UPDATE OF ((?:"\w+"(?:, )?)+)')
_UPDATES = re.compile(r'^\s*UPDATE "(\w+)"')
_INSERTS = re.compile(r'^\s*INSERT INTO "(\w+)"')
Edges = dict[tuple[str, str], str]


def locked_by(sql: str, places: frozenset[str]) -> list[str]:
    """The tables whose rows a statement locks; updates count for the tables that have a place in the order."""
    named = _OF.search(sql)
    if named is not None:
        return re.findall(r'"(\w+)"', named[1])
    found = _LOCKS.search(sql)
    if found is not None:
        return [found[1]]
    updated = _UPDATES.match(sql)
    return [updated[1]] if updated is not None and updated[1] in places else []


class Transactions:
    """Follows one connection: which tables it has locked in the transaction that is open now."""

    def __init__(self, edges: Edges, where: Callable[[], str], places: frozenset[str]) -> None:
        self._edges, self._where, self._places = edges, where, places
        self._act: Any = None
        self._locked: list[str] = []
        self._made: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        made = _INSERTS.match(str(sql))
        if made is not None:
            self._note_made(made[1], context["connection"])
        for table in locked_by(str(sql), self._places):
            self._note(table, context["connection"])
        return result

    def _note_made(self, table: str, on: Any) -> None:
        """Rows that a transaction made are its own: nobody waits for them, in whatever order they change."""
        if table in self._places and self._enter(on):
            self._made.add(table)

    def _note(self, table: str, on: Any) -> None:
        if not self._enter(on) or table in self._locked or table in self._made:
            return  # most likely rows that are held already; which ones, only `commerce.locks` can tell
        for earlier in self._locked:
            self._edges.setdefault((earlier, table), self._where())
        self._locked.append(table)

    def _enter(self, on: Any) -> bool:
        """Begin anew with each act; false outside any: a statement that commits by itself holds nothing."""
        own = [block for block in on.atomic_blocks if not block._from_testcase]
        if not own:
            return False
        act = _act(on, on.atomic_blocks.index(own[0]))
        if act != self._act:
            self._act, self._locked, self._made = act, [], set()
        return True


def _act(on: Any, depth: int) -> tuple[str, Any]:
    """Tells acts apart: by their transaction, and inside a test's by their savepoint. The block itself would not do, since a
    decorated act enters the same one at each call."""
    number = on.connection.execute("SELECT pg_current_xact_id()::text").fetchone()[0]
    return number, on.savepoint_ids[depth - 1] if depth else None


def cycles(edges: Edges) -> list[list[str]]:
    """Every table that a way through the edges leads back to, as the shortest such way."""
    after: dict[str, list[str]] = {}
    for earlier, later in sorted(edges):
        after.setdefault(earlier, []).append(later)
    found = [way for start in sorted(after) if (way := _way_back(start, after))]
    return [way for way in found if way[0] == min(way)]


def _way_back(start: str, after: dict[str, list[str]]) -> list[str]:
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop(0)
        for table in after.get(way[-1], []):
            if table == start:
                return way
            if table not in seen:
                seen.add(table)
                ways.append([*way, table])
    return []


class Recorder:
    """The plugin: one record a test process; workers hand theirs to the one that started them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._edges: Edges = {}
        self._test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        path = str(Path(item.path).relative_to(self._config.rootpath))
        if not path.startswith(WATCHED) or item.get_closest_marker("breaks_invariants"):
            return (yield)
        self._test = item.nodeid
        connection_created.connect(self._watch, dispatch_uid="lock-order")
        ours = connections["default"]  # itself: under a running loop, asking again would give another
        wrapper = self._new()
        ours.execute_wrappers.append(wrapper)
        try:
            return (yield)
        finally:
            ours.execute_wrappers[:] = [one for one in ours.execute_wrappers if one is not wrapper]
            connection_created.disconnect(dispatch_uid="lock-order")

    def _new(self) -> Transactions:
        places = frozenset(apps.get_model(name)._meta.db_table for name in locks.registered().values())
        return Transactions(self._edges, lambda: self._test, places)

    def _watch(self, connection: Any, **kwargs: Any) -> None:
        """Rivals' connections, each in its own thread; it ends with them."""
        if not any(isinstance(wrapper, Transactions) for wrapper in connection.execute_wrappers):
            connection.execute_wrappers.append(self._new())

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: Any) -> None:
        for earlier, later, where in getattr(node, "workeroutput", {}).get("lock_order", []):
            self._edges.setdefault((earlier, later), where)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output["lock_order"] = [[*edge, where] for edge, where in self._edges.items()]
        elif cycles(self._edges) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for way in cycles(self._edges):
            terminalreporter.write_line(f"locks go in a circle: {' → '.join([*way, way[0]])}", red=True)
            for step in zip(way, [*way[1:], way[0]], strict=True):
                terminalreporter.write_line(f"    {step[0]} → {step[1]}: {self._edges[step]}")
