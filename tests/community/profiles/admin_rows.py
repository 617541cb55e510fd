"""Rows for the admin pages of this app."""

from community.profiles.consenting import decide
from tests.admin.rows import rows
from tests.factories.members import a_member


@rows("community_profiles.Consent")
def _consent() -> None:
    decide(by=a_member(), decisions={"profiling": True})
