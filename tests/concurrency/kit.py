"""Races for real: each rival runs in a thread with a connection of its own, and all are let go at the same moment.

    outcomes = race(lambda: react(by=one, ...), lambda: react(by=two, ...))

`meet_before` widens the gap that a missing lock would leave: it makes rivals wait for each other at a function between
the check and the write of an act. Where the act holds a lock they cannot meet; the wait ends by itself and the act goes on.
So one test strips the lock and shows that the race happens, and the next shows that the lock prevents it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection

from community.foundation.problems import Problem

PATIENCE = 0.7
LONGEST = 60


@dataclass(frozen=True)
class Outcome:
    """What became of one rival: a value, or what it raised."""

    value: Any = None
    raised: BaseException | None = None

    @property
    def refused(self) -> bool:
        return isinstance(self.raised, Problem)


def race(*acts: Callable[[], Any]) -> list[Outcome]:
    """Run all acts at once; gives their outcomes in order. Nothing is raised: the test says what it expects."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Outcome:
        try:
            connection.ensure_connection()
            start.wait(LONGEST)
            return Outcome(value=act())
        except Exception as error:
            return Outcome(raised=error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(LONGEST) for future in [pool.submit(run, act) for act in acts]]


def all_went_well(outcomes: list[Outcome]) -> bool:
    """Raises the first error, so that the failing test shows it."""
    for outcome in outcomes:
        if outcome.raised is not None:
            raise outcome.raised
    return True


class Meeting:
    """Where rivals wait for each other; `happened` once all stood there together."""

    def __init__(self, rivals: int) -> None:
        self._barrier = threading.Barrier(rivals)
        self.happened = False

    def wait(self) -> None:
        try:
            self._barrier.wait(PATIENCE)
            self.happened = True
        except threading.BrokenBarrierError:
            return


def meet_before(monkeypatch: Any, owner: Any, name: str, *, rivals: int = 2) -> Meeting:
    """Make rivals meet before `owner.name` is called."""
    meeting, original = Meeting(rivals), getattr(owner, name)

    def after_meeting(*args: Any, **kwargs: Any) -> Any:
        meeting.wait()
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, after_meeting)
    return meeting
