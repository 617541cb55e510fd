"""Score cards and ranked lists as people read them, in a constant number of queries."""

from typing import Any

from django.db.models import Prefetch

from community.foundation.problems import NotThere
from community.reviews.models import Review
from community.scorecards.models import (
    RankedList,
    RankedListLine,
    RankedListQuerySet,
    ScoreCard,
    ScoreCardLine,
    ScoreCardQuerySet,
)
from community.subjects.models import Subject


def _shown(lines: Any, viewer: Any) -> Any:
    visible = Subject.objects.visible_to(viewer)
    return lines.filter(subject__in=visible).select_related("subject__category", "subject__picture")


def cards(viewer: Any) -> ScoreCardQuerySet:
    """Cards with their lines; subjects that `viewer` may not see are left out."""
    lines = Prefetch("lines", _shown(ScoreCardLine.objects.all(), viewer))
    return ScoreCard.objects.visible_to(viewer).select_related("creator").prefetch_related(lines)


def lists(viewer: Any) -> RankedListQuerySet:
    """Lists with their lines; subjects that `viewer` may not see are left out."""
    lines = Prefetch("lines", _shown(RankedListLine.objects.all(), viewer))
    return RankedList.objects.visible_to(viewer).select_related("owner").prefetch_related(lines)


def find_card(slug: str, viewer: Any) -> ScoreCard:
    """Raises NotThere if there is none or `viewer` may not see it."""
    found = cards(viewer).filter(slug=slug).first()
    if found is None:
        raise NotThere
    return found


def find_list(slug: str, viewer: Any) -> RankedList:
    """Raises NotThere if there is none or `viewer` may not see it."""
    found = lists(viewer).filter(slug=slug).first()
    if found is None:
        raise NotThere
    return found


def own_scores(card: ScoreCard, member: Any) -> dict[Any, int]:
    """How the member rates the subjects of the card now, by subject id."""
    if not getattr(member, "is_authenticated", False):
        return {}
    on_it = [line.subject_id for line in card.lines.all()]
    rows = Review.objects.filter(author=member, subject__in=on_it, removed_at=None)
    return dict(rows.values_list("subject_id", "rating"))
