"""A complaint on a private board, and what was answered to it, are known there alone."""

from community.complaints.responding import respond
from tests.factories.boards import a_private_board
from tests.factories.complaints import a_complaint
from tests.factories.members import a_member
from tests.leak.world import World


def plant_public(world: World) -> None:
    """The first complaint of all makes the desk's team, which everyone may see."""
    author = a_member()
    a_complaint(board=a_private_board(author, kind="complaint"), by=author, title="The first one")


def plant(world: World) -> None:
    author = a_member()
    board = a_private_board(author, kind="complaint")
    complaint = a_complaint(board=board, by=author, title=world.secret("private complaint"))
    answer = world.secret("answer to a private complaint")
    respond(by=world.actors["operator"], topic_id=complaint.pk, status="answered", answer=answer)
    world.route(topic_id=complaint.pk)
