"""Announcements and notices for tests."""

import uuid
from typing import Any

from community.foundation import clock
from community.notifications.models import Announcement
from community.notifications.noticing import tell
from tests.factories.members import an_operator


def an_announcement(*, title: str = "Rain", made: bool = True, **fields: Any) -> Announcement:
    """Words of the operators; told to nobody yet."""
    words = {
        "title_en": title,
        "title_ko": f"{title}(한국어)",
        "body_en": "It rains.\n\nBring a coat.",
        "body_ko": "비가 와요.",
    }
    if "by" not in fields:
        fields["by"] = an_operator()
    return Announcement.objects.create(**{**words, **fields}, made_at=clock.now() if made else None)


def replied(member: Any, by: Any, *, about: Announcement | None = None, kind: str = "reply") -> Announcement:
    """`by` replied to `member` about something that everyone may see; the reply is seen by those who may see `by`."""
    about = about or an_announcement()
    tell(kind=kind, to=[member.pk], target=("announcement", about.pk), source=("member", by.pk), by=by.pk)
    return about


def told_once(member: Any, by: Any, about: Announcement, source: uuid.UUID) -> int:
    """As `replied`, from a source of no registered kind; gives how many were told."""
    return tell(kind="reply", to=[member.pk], target=("announcement", about.pk), source=("vote", source), by=by.pk)
