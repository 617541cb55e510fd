"""Make members operators, and take the role away again. Who moderates follows from the rights on boards."""

from django.db import transaction

from community.foundation.problems import Refused
from community.members.errors import OwnRole
from community.members.models import Member


@transaction.atomic
def appoint_operator(*, by: Member, member: Member) -> Member:
    """Let a member operate the site. Raises Refused for all but operators, and for who left or may not log in."""
    return _set(by, member, operates=True)


@transaction.atomic
def dismiss_operator(*, by: Member, member: Member) -> Member:
    """Take the role away. Raises Refused for all but operators, OwnRole on oneself: so there always is one."""
    if by.pk == member.pk:
        raise OwnRole
    return _set(by, member, operates=False)


def _set(by: Member, member: Member, *, operates: bool) -> Member:
    rows = {row.pk: row for row in Member.objects.select_for_update().filter(pk__in=[by.pk, member.pk]).order_by("pk")}
    row = rows[member.pk]
    if not rows[by.pk].is_operator or (operates and not row.is_active):
        raise Refused
    row.is_operator = operates
    row.save(update_fields=["is_operator"])
    return row
