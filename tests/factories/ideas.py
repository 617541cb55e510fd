"""Ideas: topics on an idea board."""

from typing import Any

from community.boards.models import Board
from community.ideas.models import Idea
from community.members.models import Member
from tests.factories.boards import a_board, a_topic


def an_idea(*, board: Board | None = None, by: Member | None = None, stage: str = "", **fields: Any) -> Idea:
    topic = a_topic(board=board or a_board(kind="idea"), by=by, data={"idea": {"stage": stage}}, **fields)
    return Idea.objects.get(topic=topic)
