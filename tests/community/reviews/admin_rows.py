"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.reviews import a_review


@rows("community_reviews.Review")
def _review() -> None:
    a_review()
