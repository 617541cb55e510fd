"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.reactions import a_reaction


@rows("community_reactions.Reaction")
def _reaction() -> None:
    a_reaction()
