"""Members first: while a member's request is in this process, a guest's page that has to be made steps aside.

The threads of a process take turns at the interpreter. A crowd of guests, or of robots, that asks for pages which nobody
has kept would make every member wait; so such a page gives way wherever it can, before each question to the database
and between the blocks of the page, for at most `PATIENCE` seconds in all. And it needs room: at most `ROOM` of them are
made at once in a process, so that threads are left for members; whoever comes on top is asked to come again.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Unavailable

PATIENCE = 1.0
WAIT_FOR_ROOM = 0.1  # seconds; longer, and those who wait would take members' threads
ROOM = 6  # of the threads of a process (config.processes.THREADS); the rest are for members


class ManyGuests(Unavailable):
    """503: more pages for guests are being made than there is room for."""

    code = "many_guests"
    retry_after = 2
    detail = _("Many people are reading at once. Reload the page in a moment; those who log in are served first.")


_free = threading.Condition()
_room = threading.BoundedSemaphore(ROOM)
_turn = threading.local()  # .patience: seconds that the guest's page of this thread may still wait
_members = 0


@contextlib.contextmanager
def member_inside() -> Iterator[None]:
    """Around the request of someone with a session."""
    global _members
    with _free:
        _members += 1
    try:
        yield
    finally:
        with _free:
            _members -= 1
            if not _members:
                _free.notify_all()


@contextlib.contextmanager
def guests_page() -> Iterator[None]:
    """Around the making of a guest's page. Raises ManyGuests (503) where there is no room for it."""
    if not _room.acquire(timeout=WAIT_FOR_ROOM):
        raise ManyGuests
    _turn.patience = PATIENCE
    try:
        with connection.execute_wrapper(_aside_before):
            yield
    finally:
        _turn.patience = 0.0
        _room.release()


def step_aside() -> None:
    """Let members pass, if this thread makes a guest's page. Costs nothing while there are none."""
    patience = getattr(_turn, "patience", 0.0) if _members else 0.0
    if patience > 0.0:
        began = time.monotonic()
        with _free:
            _free.wait_for(lambda: not _members, timeout=patience)
        _turn.patience = patience - (time.monotonic() - began)


def _aside_before(execute: Callable[..., Any], *asked: Any) -> Any:
    step_aside()
    return execute(*asked)
