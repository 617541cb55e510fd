"""Making a score card."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from community.foundation.characters import visible_line
from community.members import allowances, standing
from community.scorecards import choosing
from community.scorecards.models import LONGEST_TITLE, MOST_ON_A_CARD, ScoreCard, ScoreCardLine


@transaction.atomic
def make_card(*, by: Any, title: str, subjects: Sequence[str]) -> ScoreCard:
    """A card with the subjects at these addresses, in this order.

    Raises NothingOnIt, TooManySubjects, NamedTwice, UnknownSubject, Blank, Overlong, Refused, TooMany.
    """
    standing.require_voice(by)
    chosen = choosing.named(subjects, viewer=by, most=MOST_ON_A_CARD)
    allowances.spend(member=by, act="subject")
    title = visible_line(title, field="title", most=LONGEST_TITLE)
    card = ScoreCard.objects.create(slug=choosing.address(title), title=title, creator=by)
    ScoreCardLine.objects.bulk_create(
        ScoreCardLine(card=card, subject=subject, position=place) for place, subject in enumerate(chosen, 1)
    )
    return card
