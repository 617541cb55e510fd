"""Builders of boards, topics and posts, by the same acts that people use."""

import itertools
from typing import Any

from community.boards.arranging import Audience, Verb, grant, open_to_all, settle_board
from community.boards.models import Board, BoardCategory, Post, Topic
from community.boards.publishing import publish_post, publish_topic
from community.members.models import Member
from tests.factories.members import a_member

_numbers = itertools.count(1)


def a_category(**fields: Any) -> BoardCategory:
    number = next(_numbers)
    return BoardCategory.objects.create(**{"slug": f"category-{number}", "name": f"Category {number}", **fields})


def a_board(*, kind: str = "discussion", moderator: Member | None = None, **fields: Any) -> Board:
    """A board that everyone reads and every member writes on."""
    board = open_to_all(_bare(kind, fields))
    if moderator is not None:
        let_moderate(moderator, board)
    return board


def a_private_board(*members: Member, kind: str = "discussion", **fields: Any) -> Board:
    """A board that these members alone read and write on."""
    board = _bare(kind, fields)
    for member in members:
        for verb in (Verb.READ, Verb.REPLY, Verb.POST):
            grant(board=board, verb=verb, audience=Audience.MEMBER, member=member)
    return board


def let_moderate(member: Member, *boards: Board) -> None:
    for board in boards:
        grant(board=board, verb=Verb.MODERATE, audience=Audience.MEMBER, member=member)
    member.refresh_from_db()


def _bare(kind: str, fields: dict[str, Any]) -> Board:
    number = next(_numbers)
    board = Board.objects.create(**{"slug": f"board-{number}", "name": f"Board {number}", "kind": kind, **fields})
    return settle_board(board=board)


def a_topic(*, board: Board | None = None, by: Member | None = None, title: str | None = None, **fields: Any) -> Topic:
    """A published topic with its opening post."""
    number = next(_numbers)
    return publish_topic(
        by=by or a_member(),
        board=board or a_board(),
        title=title or f"Topic {number}",
        body=fields.pop("body", f"What do you think of number {number}?"),
        **fields,
    )


def a_post(topic: Topic | None = None, *, by: Member | None = None, body: str | None = None, **fields: Any) -> Post:
    """A published reply."""
    number = next(_numbers)
    return publish_post(by=by or a_member(), topic=topic or a_topic(), body=body or f"I think {number}.", **fields)
