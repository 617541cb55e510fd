"""Which units of an order's lines somebody means."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from commerce.orders.errors import NothingChosen, TooManyUnits, UnknownLine
from commerce.orders.models import OrderLine


def chosen(
    lines: Sequence[OrderLine], wanted: Mapping[uuid.UUID, int] | None, left: Callable[[OrderLine], int]
) -> dict[OrderLine, int]:
    """Units by line: what `wanted` says, or all that is left. `left` tells how many of a line can be chosen.

    Raises UnknownLine, TooManyUnits, NothingChosen.
    """
    by_key = {line.pk: line for line in lines}
    if wanted is None:
        units = {line: left(line) for line in lines}
    elif wanted.keys() - by_key.keys():
        raise UnknownLine(field="lines")
    else:
        units = {by_key[key]: count for key, count in wanted.items()}
    if any(count < 0 or count > left(line) for line, count in units.items()):
        raise TooManyUnits(field="lines")
    units = {line: count for line, count in units.items() if count}
    if not units:
        raise NothingChosen(field="lines")
    return units


def unsent(line: OrderLine) -> int:
    """How many of a line have neither left nor been cancelled."""
    return line.quantity - line.cancelled - line.shipped
