"""The boards in the rail of every page: the same for all who may read the same boards, so read once in a while."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import get_language

from community.boards import listing
from community.boards.models import Board
from community.boards.rights import readable_board_ids
from community.foundation.near import Near

SECONDS = 30
MOST = 12


class RailBoard(NamedTuple):
    """A link of the rail."""

    name: str
    url: str
    tone: str


_known: Near[tuple[RailBoard, ...]] = Near(seconds=SECONDS, most=200)


def boards_for_rail(request: HttpRequest, about: object) -> dict[str, Any] | None:
    """The first boards in their order. Who loses a right loses the board with the next page; a new name comes later."""
    readable = readable_board_ids(request.user)
    if not readable:
        return None
    key = (get_language(), readable)
    return {"boards": _known.get(key) or _known.keep(key, _read(readable))}


def _read(readable: frozenset[Any]) -> tuple[RailBoard, ...]:
    rows = Board.objects.filter(pk__in=readable).in_order()[:MOST]
    return tuple(RailBoard(row.shown_name, row.get_absolute_url(), listing.TONES[row.kind]) for row in rows)
