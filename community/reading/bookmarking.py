"""Keep something to come back to, with a note and perhaps a reminder."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from community.foundation import clock, targets
from community.foundation.characters import tidy
from community.foundation.problems import Invalid, NotThere
from community.members.models import Member
from community.outbox import events as outbox
from community.reading.models import NOTE_LENGTH, Bookmark

BATCH = 500


class PastReminder(Invalid):
    code = "in_the_past"
    detail = _("That moment has passed. Choose one that is still to come.")


class LongNote(Invalid):
    code = "max_length"
    detail = _("A note ends at 500 characters. Shorten it.")


@transaction.atomic
def bookmark(*, by: Member, target: Model, note: str = "", remind_at: dt.datetime | None = None) -> Bookmark:
    """Keep `target` for `by`; kept already, its note and reminder become these.

    Raises NotThere for what `by` may not see, LongNote (field `note`) or PastReminder (field `remind_at`).
    """
    kind = targets.kind_of(target)
    if not kind.visible_to(by).filter(pk=target.pk).exists():
        raise NotThere
    note = tidy(note).strip()
    if len(note) > NOTE_LENGTH:
        raise LongNote(field="note")
    if remind_at is not None and remind_at <= clock.now():
        raise PastReminder(field="remind_at")
    row, _made = Bookmark.objects.update_or_create(
        member=by,
        target_kind=kind.name,
        target_id=target.pk,
        defaults={"note": note, "remind_at": remind_at, "reminded_at": None},
    )
    return row


@transaction.atomic
def drop(*, by: Member, kind: str, id: uuid.UUID | str) -> bool:
    """Keep it no longer; False if it was not kept. Works for what `by` may not see any more, too."""
    deleted, _rows = Bookmark.objects.visible_to(by).filter(target_kind=kind, target_id=id).delete()
    return bool(deleted)


@transaction.atomic
def remind_due() -> int:
    """Publish `bookmark.due` for reminders whose time has come, each once; gives how many, at most BATCH."""
    rows = list(
        Bookmark.objects.due(clock.now()).order_by("pk").select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )
    for row in rows:
        outbox.publish(topic="bookmark.due", key=str(row.member_id), payload=_payload(row))
    Bookmark.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=clock.now())
    return len(rows)


def _payload(row: Bookmark) -> dict[str, Any]:
    return {
        "bookmark": str(row.pk),
        "member": str(row.member_id),
        "kind": row.target_kind,
        "target": str(row.target_id),
    }
