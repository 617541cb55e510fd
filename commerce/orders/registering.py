"""What higher apps do when an order changes, in the same transaction: checkout gives money, points and stock back.

    registering.on_cancel("checkout", give_back)
    registering.register_finished("returns", lambda: ~Exists(...open returns of OuterRef("pk")...))     in AppConfig.ready

`give_back(order=, units=, by=, reason=)` runs with the purchase and the order locked, after the counts of the lines were
raised; each of `units` says how many units of a line had been given back before, since units go back first to last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q

from commerce.orders.models import Order, OrderLine


@dataclass(frozen=True)
class GivenBack:
    """So many units of a line, after `already` of them."""

    line: OrderLine
    count: int
    already: int


class Cancelled(Protocol):
    def __call__(self, *, order: Order, units: Sequence[GivenBack], by: Any, reason: str) -> None: ...


_on_cancel: dict[str, Cancelled] = {}
_finished: dict[str, Callable[[], Any]] = {}


def on_cancel(name: str, act: Cancelled) -> None:
    """Let an app act when units of an order are cancelled. One act a name."""
    _on_cancel[name] = act


def tell_cancelled(*, order: Order, units: Sequence[GivenBack], by: Any, reason: str) -> None:
    """Call everyone who registered, in the order in which they did."""
    for act in _on_cancel.values():
        act(order=order, units=units, by=by, reason=reason)


def register_finished(name: str, condition: Callable[[], Any]) -> None:
    """Say when nothing is under way with an order: a condition on rows of Order. Until all hold, time confirms no purchase,
    frees no money and closes nothing."""
    _finished[name] = condition


def finished() -> Q:
    """When nothing is under way with an order that time alone should not decide."""
    condition = Q()
    for one in _finished.values():
        condition &= Q(one())
    return condition
