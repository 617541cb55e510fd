"""Flag something: a member's word that it is wrong, put in the one queue."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F

from community.foundation import clock, targets
from community.foundation.ids import uuid7
from community.foundation.problems import Invalid
from community.members import allowances
from community.members.standing import require_voice
from community.moderation.errors import AlreadyFlagged, NotFlaggable, OwnWords
from community.moderation.models import Case, Flag, Reason
from community.outbox.events import publish

LONGEST_NOTE = 500


@transaction.atomic
def flag(*, by: Any, kind: str, target_id: uuid.UUID | str, reason: str, note: str = "") -> Flag:
    """Flag the target (kind, target_id). The first flag opens a case, others join it while it is open.

    Raises NotThere for what `by` may not see, NotFlaggable, OwnWords, AlreadyFlagged (409), Invalid for an unknown
    reason or a note beyond 500 characters, AllowanceSpent (429), and what `require_voice` raises.
    """
    require_voice(by)
    target = targets.find(kind=kind, id=target_id, member=by)
    known = targets.kinds()[kind]
    if known.hide is None:
        raise NotFlaggable
    if reason not in Reason.values:
        raise Invalid(code="unknown_reason", field="reason")
    if len(note) > LONGEST_NOTE:
        raise Invalid(code="too_long", field="note")
    author = known.author(target)
    if author is not None and author.pk == by.pk:
        raise OwnWords
    allowances.spend(member=by, act="flag")
    case = _case_of(known, target, author)
    flag, made = Flag.objects.get_or_create(
        case=case, member=by, defaults={"reason": reason, "note": note.strip(), "at": clock.now()}
    )
    if not made:
        raise AlreadyFlagged
    Case.objects.filter(pk=case.pk).update(flag_count=F("flag_count") + 1)
    publish(topic="flag.raised", key=str(case.pk), payload={"case": str(case.pk), "flag": str(flag.pk)})
    return flag


def _case_of(known: targets.Kind, target: Any, author: Any) -> Case:
    """The open case of the target, locked; its words as they are now if it is new."""
    board = known.board(target)
    fresh = Case(
        id=uuid7(),
        target_kind=known.name,
        target_id=target.pk,
        board=board,
        author=author,
        title=known.title(target)[:200],
        words=known.text(target),
        opened_at=clock.now(),
    )
    Case.objects.bulk_create([fresh], ignore_conflicts=True)
    return Case.objects.select_for_update().get(target_kind=known.name, target_id=target.pk, state=Case.State.OPEN)
