"""Rows for the admin pages of this app."""

from community.notifications.addresses import came_back
from tests.admin.rows import rows
from tests.factories.members import a_member
from tests.factories.notifications import an_announcement, replied


@rows("community_notifications.Letter")
def _letter() -> None:
    replied(a_member(), a_member())


@rows("community_notifications.Address")
def _address() -> None:
    came_back(address=str(a_member().email), status="5.1.1", said="no such user", for_good=True)


@rows("community_notifications.Announcement")
def _announcement() -> None:
    an_announcement(made=False)
