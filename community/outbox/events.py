"""Publish events inside an act; declare handlers of them.

    publish(topic="post.published", key=str(topic.pk), payload={"post": str(post.pk)})

    @handles("post.published")
    def notify_watchers(event: Event) -> None: ...

Each handler gets each event at least once, in order per key. It runs in one transaction with the mark that it is done:
its writes to the database happen once; anything else (mail, HTTP) may happen twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from community.foundation import clock
from community.outbox.models import Delivery


@dataclass(frozen=True)
class Event:
    """What a handler is given: ids only, since the rows may have changed by then."""

    topic: str
    key: str
    payload: dict[str, Any]


Handler = Callable[[Event], None]
_handlers: dict[str, Handler] = {}
_by_topic: dict[str, list[str]] = {}


def handles(*topics: str) -> Callable[[Handler], Handler]:
    """Declare a function of an app's handlers.py as handler of these events; its dotted name is its identity."""

    def declare(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__qualname__}"
        _handlers[name] = handler
        for topic in topics:
            if name not in _by_topic.setdefault(topic, []):
                _by_topic[topic].append(name)
        return handler

    return declare


def handlers_of(topic: str) -> list[str]:
    """The dotted names of a topic's handlers."""
    return list(_by_topic.get(topic, []))


def handler_named(name: str) -> Handler:
    """The handler of this dotted name. Raises LookupError if no code declares it any more."""
    try:
        return _handlers[name]
    except KeyError as error:
        raise LookupError(f"no handler is called {name}") from error


def publish(*, topic: str, key: str, payload: dict[str, Any]) -> None:
    """Write one delivery a handler of `topic`, in the caller's transaction, and wake the relay after commit.

    Raises RuntimeError outside a transaction: the event would not share the fate of what it tells.
    """
    publish_all(topic=topic, told=[(key, payload)])


def publish_all(*, topic: str, told: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """As `publish`, for many (key, payload) of one topic at once."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs inside the act's transaction")
    moment = clock.now()
    rows = [
        Delivery(topic=topic, key=key, handler=name, payload=payload, next_at=moment, created_at=moment)
        for key, payload in told
        for name in _by_topic.get(topic, [])
    ]
    if rows:
        Delivery.objects.bulk_create(rows, batch_size=1000)
        if not any(entry[1] is _wake for entry in connection.run_on_commit):  # one wake-up a transaction is enough
            transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    for waker in wakers:
        waker()


wakers: list[Callable[[], None]] = []
