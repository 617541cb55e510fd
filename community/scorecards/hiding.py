"""Taking a score card or a ranked list out of sight, and bringing it back."""

from typing import Any, TypeVar

from django.db import transaction

from community.foundation import clock
from community.foundation.guest_cache import forget_guests_pages
from community.foundation.problems import NotThere, Refused
from community.scorecards.models import RankedList, ScoreCard

Card = TypeVar("Card", ScoreCard, RankedList)


@transaction.atomic
def hide(*, target: Card, by: Any, reason: str = "") -> Card:
    """Hide it from all but operators and the member who made it. Raises Refused for all but moderators."""
    return _set(target, by, hidden=True)


@transaction.atomic
def restore(*, target: Card, by: Any, reason: str = "") -> Card:
    """Show it again. Raises Refused for all but moderators."""
    return _set(target, by, hidden=False)


def _set(target: Card, by: Any, *, hidden: bool) -> Card:
    if not by.moderates_somewhere:
        raise Refused
    row = type(target).objects.select_for_update(no_key=True).filter(pk=target.pk).first()
    if row is None:
        raise NotThere
    row.hidden_at = (row.hidden_at or clock.now()) if hidden else None
    row.save(update_fields=["hidden_at"])
    if hidden:
        forget_guests_pages()
    return row
