"""Forget a former member; what a case still needs goes when the case is over."""

import uuid

from django.db import transaction

from community.foundation import clock
from community.moderation.conf import WORDS_KEPT
from community.moderation.models import Appeal, Case, Flag, Sanction


@transaction.atomic
def forget(*, member_id: uuid.UUID) -> None:
    """Drop the member's flags' notes, sanctions and the copied words of their decided cases. The words of open cases
    stay until they are decided: spam does not escape review by erasing its account."""
    Flag.objects.filter(member=member_id).update(member=None, note="")
    Sanction.objects.filter(member=member_id).delete()
    Appeal.objects.filter(decision__case__author=member_id, answered_at__isnull=False).update(text="…")
    Case.objects.filter(author=member_id, state=Case.State.DECIDED).update(title="", words="")


@transaction.atomic
def drop_old_words() -> int:
    """Drop the copies in cases decided long ago; gives how many."""
    over = Case.objects.filter(state=Case.State.DECIDED, decided_at__lt=clock.now() - WORDS_KEPT)
    return over.exclude(title="", words="").update(title="", words="")
