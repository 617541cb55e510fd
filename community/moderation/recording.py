"""Give what was hidden outside the queue the same record: a case, a statement of reasons, a line in the log."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from community.foundation import clock, targets
from community.members.models import Member
from community.moderation.deciding import record
from community.moderation.models import Case, Decision, Outcome


@transaction.atomic
def record_hidden(*, kind: str, target: Any, by: str, also: tuple[str, uuid.UUID] | None = None) -> Decision | None:
    """Record that `by` hid the target, unless the queue did; `also` names a part that stands for the whole."""
    named = Q(case__target_kind=kind, case__target_id=target.pk)
    if also is not None:
        named |= Q(case__target_kind=also[0], case__target_id=also[1])
    last = Decision.objects.filter(named).order_by("-at", "-pk").first()
    if last is not None and last.outcome == Outcome.HIDDEN:
        return None
    moderator = Member.objects.filter(pk=by).first()
    case = Case.objects.filter(target_kind=kind, target_id=target.pk).order_by("-opened_at").select_for_update().first()
    reason = target.state_reason if hasattr(target, "state_reason") else target.removal_reason
    return record(
        case=case or _case(targets.kinds()[kind], target),
        by=moderator,
        outcome=Outcome.HIDDEN,
        reason=reason or gettext("No reason was given."),
    )


def _case(known: targets.Kind, target: Any) -> Case:
    return Case.objects.create(
        target_kind=known.name,
        target_id=target.pk,
        board=known.board(target),
        author=known.author(target),
        title=known.title(target)[:200],
        words=known.text(target),
        opened_at=clock.now(),
    )
