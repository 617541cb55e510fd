"""An idea on a private board, and what was answered to it, are known there alone."""

from community.ideas.answering import answer_idea
from tests.factories.boards import a_private_board
from tests.factories.ideas import an_idea
from tests.factories.members import a_member
from tests.leak.world import World


def plant(world: World) -> None:
    author = a_member()
    idea = an_idea(board=a_private_board(author, kind="idea"), by=author, title=world.secret("private idea"))
    answer_idea(
        by=world.actors["operator"], topic_id=idea.pk, status="planned", answer=world.secret("answer to a private idea")
    )
    world.route(topic_id=idea.pk)
