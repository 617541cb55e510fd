"""Read what members told, for features and for the pages of others."""

from typing import Any

from community.members.models import Member
from community.profiles import fields
from community.profiles.models import Answer


def value_of(member: Any, name: str) -> Any:
    """The member's own answer to a field, for a feature that serves that member; None without one."""
    if not member.is_authenticated:
        return None
    row = Answer.objects.filter(member_id=member.pk, field=fields.named(name).name).first()
    return row.value if row else None


def shown_to(viewer: Any, member: Member) -> list[tuple[fields.VoluntaryField, str]]:
    """The answers of `member` that `viewer` may see, in words, in the order of the fields.

    A birth date is shown to others without the year.
    """
    rows = Answer.objects.filter(member=member, value__isnull=False)
    if not (viewer.is_authenticated and viewer.pk == member.pk):
        open_to = [Answer.EVERYONE, Answer.MEMBERS] if viewer.is_authenticated else [Answer.EVERYONE]
        rows = rows.filter(visibility__in=open_to)
    found = {row.field: row.value for row in rows}
    own = viewer.is_authenticated and viewer.pk == member.pk
    return [
        (field, _without_year(field, found[field.name]) if not own else field.shown(found[field.name]))
        for field in fields.FIELDS
        if field.name in found
    ]


def _without_year(field: fields.VoluntaryField, value: Any) -> str:
    return str(value)[5:] if field.name == "birth_date" else field.shown(value)
