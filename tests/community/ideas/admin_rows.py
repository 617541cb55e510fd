"""Rows for the admin pages of this app."""

from community.ideas.models import AnsweringTeam
from tests.admin.rows import rows
from tests.factories.boards import a_board
from tests.factories.ideas import an_idea
from tests.factories.members import a_team


@rows("community_ideas.Idea")
def _idea() -> None:
    an_idea()


@rows("community_ideas.AnsweringTeam")
def _team() -> None:
    AnsweringTeam.objects.create(board=a_board(kind="idea"), team=a_team())
