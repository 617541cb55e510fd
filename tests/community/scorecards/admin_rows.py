"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.scorecards import a_ranked_list, a_score_card
from tests.factories.subjects import a_subject


@rows("community_scorecards.ScoreCard")
def _card() -> None:
    a_score_card(a_subject())


@rows("community_scorecards.RankedList")
def _list() -> None:
    a_ranked_list(a_subject())
