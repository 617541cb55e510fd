"""Filling in a score card: each score is the member's rating of that subject."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from community.foundation import clock
from community.foundation.problems import NotThere
from community.members import allowances, standing
from community.reviews.publishing import rate
from community.scorecards.errors import NothingOnIt, NotOnTheCard
from community.scorecards.models import Participation, ScoreCard


@transaction.atomic
def score_card(*, by: Any, card: ScoreCard, scores: Mapping[str, int]) -> Participation:
    """Rate the subjects at these addresses, all or none; subjects left out stay as they are.

    Raises NothingOnIt, NotOnTheCard, OutOfScale, OwnSubject, TakenDown, Refused, TooMany, NotThere.
    """
    standing.require_voice(by)
    if not scores:
        raise NothingOnIt(field="scores")
    if not ScoreCard.objects.visible_to(by).filter(pk=card.pk).exists():
        raise NotThere
    allowances.spend(member=by, act="review")
    on_it = {line.subject.slug: line.subject for line in card.lines.select_related("subject")}
    if set(scores) - set(on_it):
        raise NotOnTheCard(field="scores")
    for subject in sorted((on_it[slug] for slug in scores), key=lambda row: row.pk):
        rate(by=by, subject=subject, score=scores[subject.slug], on_card=True)
    moment = clock.now()
    participation, first = Participation.objects.get_or_create(
        card=card, member=by, defaults={"first_at": moment, "last_at": moment}
    )
    if first:
        ScoreCard.objects.filter(pk=card.pk).update(member_count=F("member_count") + 1)
    else:
        Participation.objects.filter(pk=participation.pk).update(last_at=moment)
    return participation
