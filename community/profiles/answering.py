"""Tell something about oneself, take it back, or ask not to be asked."""

from typing import Any

from django.db import transaction

from community.foundation import clock
from community.foundation.problems import Invalid
from community.members.models import Member
from community.profiles import fields
from community.profiles.models import Answer


@transaction.atomic
def answer(*, by: Member, field: str, value: Any, visibility: str | None = None) -> Answer:
    """Store an answer, with who may see it (at first only the member). Raises UnknownField or WrongValue."""
    checked = fields.named(field).checked(value)
    row = _row(by, field)
    row.value, row.declined, row.answered_at = checked, False, clock.now()
    if visibility is not None:
        row.visibility = _known(visibility)
    row.save()
    return row


@transaction.atomic
def show_to(*, by: Member, field: str, visibility: str) -> Answer:
    """Change who sees an answer."""
    fields.named(field)
    row = _row(by, field)
    row.visibility = _known(visibility)
    row.save(update_fields=["visibility"])
    return row


@transaction.atomic
def take_back(*, by: Member, field: str) -> None:
    """Forget an answer; the question is not put again unless the member opens the page."""
    fields.named(field)
    row = _row(by, field)
    row.value, row.answered_at, row.declined, row.visibility = None, None, True, Answer.ME
    row.save()


@transaction.atomic
def decline(*, by: Member, field: str) -> None:
    """Never be asked this again. An answer that was given stays."""
    fields.named(field)
    row = _row(by, field)
    if row.value is None:
        row.declined, row.asked_at = True, clock.now()
        row.save(update_fields=["declined", "asked_at"])


def _row(by: Member, field: str) -> Answer:
    row, _made = Answer.objects.get_or_create(member=by, field=field)
    return Answer.objects.select_for_update().get(pk=row.pk)


def _known(visibility: str) -> str:
    if visibility not in dict(Answer.VISIBILITIES):
        raise Invalid(code="unknown_visibility", field="visibility")
    return visibility
