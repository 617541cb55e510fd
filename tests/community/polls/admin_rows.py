"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.polls import a_poll


@rows("community_polls.Poll")
def _poll() -> None:
    a_poll()
