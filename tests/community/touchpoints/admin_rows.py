"""Rows for the admin pages of this app."""

from community.touchpoints.recording import record_search
from tests.admin.rows import rows
from tests.factories.members import a_member


@rows("community_touchpoints.Touchpoint")
def _search() -> None:
    record_search(by=a_member(), words="우산", results=3)
