"""Rows for the admin pages of this app."""

import itertools

from tests.admin.rows import rows
from tests.factories.boards import a_board, a_category, a_post, a_topic

_numbers = itertools.count(1)


@rows("community_boards.BoardCategory", "community_boards.Board")
def _board() -> None:
    a_board(category=a_category())


@rows("community_boards.Topic", "community_boards.Post", "community_boards.Tag")
def _topic() -> None:
    a_post(a_topic(tags=[f"tag{next(_numbers)}"]))
