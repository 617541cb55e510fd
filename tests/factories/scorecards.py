"""Score cards and ranked lists for tests."""

import itertools
from typing import Any

from community.scorecards.models import RankedList, RankedListLine, ScoreCard, ScoreCardLine
from community.subjects.models import Subject
from tests.factories.members import a_member

_number = itertools.count(1)


def a_score_card(*subjects: Subject, by: Any = None, **fields: Any) -> ScoreCard:
    """A card with these subjects on it."""
    number = next(_number)
    card = ScoreCard.objects.create(slug=f"card-{number}", title=f"Card {number}", creator=by or a_member(), **fields)
    ScoreCardLine.objects.bulk_create(
        ScoreCardLine(card=card, subject=subject, position=place) for place, subject in enumerate(subjects, 1)
    )
    return card


def a_ranked_list(*subjects: Subject, by: Any = None, **fields: Any) -> RankedList:
    """A list of these subjects, best first."""
    number = next(_number)
    made = RankedList.objects.create(slug=f"list-{number}", title=f"List {number}", owner=by or a_member(), **fields)
    RankedListLine.objects.bulk_create(
        RankedListLine(ranked_list=made, subject=subject, position=place) for place, subject in enumerate(subjects, 1)
    )
    return made
