"""Taking a subject out of sight, and bringing it back."""

from typing import Any

from django.db import transaction

from community.foundation import clock
from community.foundation.guest_cache import forget_guests_pages
from community.subjects.errors import ModeratorsOnly
from community.subjects.locks import subject_for_change
from community.subjects.models import Subject


@transaction.atomic
def hide_subject(*, target: Subject, by: Any, reason: str = "") -> Subject:
    """Hide it from all but operators. Raises ModeratorsOnly."""
    if not by.moderates_somewhere:
        raise ModeratorsOnly
    row = subject_for_change(target.pk)
    row.hidden_at = row.hidden_at or clock.now()
    row.save(update_fields=["hidden_at"])
    forget_guests_pages()
    return row


@transaction.atomic
def restore_subject(*, target: Subject, by: Any, reason: str = "") -> Subject:
    """Show it again. Raises ModeratorsOnly."""
    if not by.moderates_somewhere:
        raise ModeratorsOnly
    row = subject_for_change(target.pk)
    row.hidden_at = None
    row.save(update_fields=["hidden_at"])
    return row
