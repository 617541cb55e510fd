"""The one queue of what was flagged, for those who may work on it."""

from typing import Any

from django.apps import apps
from django.db.models import Prefetch, QuerySet

from community.foundation import targets
from community.moderation.models import Case, Decision, Flag

MOST = 99


def cases_for(member: Any, *, state: str = Case.State.OPEN) -> QuerySet[Case]:
    """Cases of that state which `member` may work on, with what a row shows."""
    flags = Prefetch("flags", Flag.objects.select_related("member").order_by("at"))
    return (
        Case.objects.visible_to(member)
        .filter(state=state)
        .select_related("board", "author", "claimed_by")
        .prefetch_related(flags)
    )


def waiting(member: Any) -> int:
    """How many open cases wait, up to one more than a badge can say."""
    return Case.objects.visible_to(member).open()[: MOST + 1].count()


def target_of(case: Case, member: Any) -> tuple[Any | None, str]:
    """The target as `member` may see it now, and its address; (None, "") when it is gone."""
    kind = targets.kinds().get(case.target_kind)
    if kind is None:
        return None, ""
    found = kind.visible_to(member).filter(pk=case.target_id).first()
    return (found, kind.url(found)) if found is not None else (None, "")


def still_shown(case: Case) -> bool:
    """Whether guests or other members can read the target at this moment."""
    kind = targets.kinds().get(case.target_kind)
    if kind is None:
        return False
    row: Any = apps.get_model(kind.model)._base_manager.filter(pk=case.target_id).first()
    if row is None:
        return False
    hidden = getattr(row, "removed_at", None) or getattr(row, "hidden_at", None)
    return not hidden and getattr(row, "state", "published") == "published"


def history_of(case: Case) -> QuerySet[Decision]:
    """Every decision about the same target, newest first, with its appeal."""
    same = Decision.objects.filter(case__target_kind=case.target_kind, case__target_id=case.target_id)
    return same.select_related("by", "appeal", "appeal__answered_by").order_by("-at", "-pk")
