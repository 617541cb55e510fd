"""The boards in the rail of every page: the same for all who may read the same boards, so read once in a while."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language

from community.boards import listing
from community.boards.models import Board
from community.boards.rights import readable_board_ids

SECONDS = 30
MOST = 12


def boards_for_rail(request: HttpRequest, about: object) -> dict[str, Any] | None:
    """The first boards in their order. Who loses a right loses the board with the next page; a new name comes later."""
    readable = readable_board_ids(request.user)
    if not readable:
        return None
    marks = hashlib.sha256("".join(sorted(map(str, readable))).encode()).hexdigest()
    boards = cache.get_or_set(f"rail:{get_language()}:{marks}", lambda: _read(readable), SECONDS)
    return {"boards": boards}


def _read(readable: frozenset[Any]) -> list[dict[str, str]]:
    rows = Board.objects.filter(pk__in=readable).in_order()[:MOST]
    return [{"name": row.shown_name, "url": row.get_absolute_url(), "tone": listing.TONES[row.kind]} for row in rows]
