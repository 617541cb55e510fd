"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.members import a_team
from tests.factories.subjects import a_category, a_steward, a_subject


@rows("community_subjects.Category")
def _category() -> None:
    a_category(parent=a_category(), aspects=("taste",))


@rows("community_subjects.Subject")
def _subject() -> None:
    a_steward(a_subject(), a_team())
