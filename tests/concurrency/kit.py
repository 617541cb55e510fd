"""Races for real: each rival runs in a thread with a connection of its own, and all are let go at the same moment.

    outcomes = race(lambda: react(by=one, ...), lambda: react(by=two, ...))

`meet_before` widens the gap that a missing lock would leave: it makes rivals wait for each other at a function between
the check and the write of an act. Where the act holds a lock they cannot meet; the wait ends by itself and the act goes on.
So one test strips the lock and shows that the race happens, and the next shows that the lock prevents it.

`rival_before` and `rival_after` let one rival come at an exact point of an act, once: deterministic where `race` is not.
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


class Rival:
    """Another actor that comes at an exact point of an act. `came` once it began; `outcome` when it is through;
    `waited` if it was not through when the act went on, since the act held what it wanted."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.outcome: Outcome | None = None
        self.came = self.waited = False

    def come(self) -> None:
        """Run beside the act, once; wait for it, but not for ever: it may need what the act holds."""
        if self.came:
            return
        self.came = True
        self._thread.start()
        self._thread.join(PATIENCE)
        self.waited = self._thread.is_alive()

    def end(self) -> Outcome:
        """What became of it, after the act has committed."""
        self._thread.join(LONGEST)
        if self.outcome is None:
            raise AssertionError("the rival did not come, or did not end")
        return self.outcome

    def _run(self) -> None:
        try:
            self.outcome = Outcome(value=self._act())
        except Exception as error:
            self.outcome = Outcome(raised=error)
        finally:
            connection.close()


def rival_before(monkeypatch: Any, owner: Any, name: str, act: Callable[[], Any]) -> Rival:
    """Let a rival run `act`, on a connection of its own, just before `owner.name` is called for the first time."""
    return _at(monkeypatch, owner, name, act, after=False)


def rival_after(monkeypatch: Any, owner: Any, name: str, act: Callable[[], Any]) -> Rival:
    """Let a rival run `act`, on a connection of its own, just after `owner.name` has returned for the first time."""
    return _at(monkeypatch, owner, name, act, after=True)


def _at(monkeypatch: Any, owner: Any, name: str, act: Callable[[], Any], *, after: bool) -> Rival:
    rival, original = Rival(act), getattr(owner, name)
    main = threading.current_thread()

    def with_rival(*args: Any, **kwargs: Any) -> Any:
        ours = threading.current_thread() is main  # the rival itself passes here too
        if ours and not after:
            rival.come()
        result = original(*args, **kwargs)
        if ours and after:
            rival.come()
        return result

    monkeypatch.setattr(owner, name, with_rival)
    return rival
