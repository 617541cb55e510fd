"""Take a user name: at first, or another one later. Old names keep leading to the member."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Q

from community.foundation import clock
from community.members import names
from community.members.errors import NameChangedLately, NameTaken
from community.members.models import FormerName, Member

BETWEEN_CHANGES = dt.timedelta(days=30)


def ensure_free(username: str, *, for_member: Member | None = None) -> None:
    """Raises NameTaken if a member has or had this name, or one that looks the same; one's own former names are free.

    In a transaction, the name is held until its end, so that of two rivals one wins.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            for form in sorted({names.key(username), names.skeleton(username)}):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"name:{form}"])
    same = Q(username_key=names.key(username)) | Q(username_skeleton=names.skeleton(username))
    others, former = Member.objects.filter(same), FormerName.objects.filter(same)
    if for_member is not None:
        others, former = others.exclude(pk=for_member.pk), former.exclude(member=for_member)
    if others.exists() or former.exists():
        raise NameTaken(field="username")


@transaction.atomic
def rename(*, by: Member, member: Member, username: str) -> Member:
    """Give `member` another user name; members do it for themselves, operators for anyone. Gives the changed member.

    Raises Invalid with the code of what is wrong with the name, NameTaken (400) or NameChangedLately (409).
    """
    username = names.checked(username, reserved_too=by.is_operator)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if username == member.username:
        return member
    moment = clock.now()
    if not by.is_operator and member.username_changed_at and member.username_changed_at > moment - BETWEEN_CHANGES:
        raise NameChangedLately
    ensure_free(username, for_member=member)
    key = names.key(username)
    FormerName.objects.filter(member=member, username_key=key).delete()
    if key != member.username_key:
        FormerName.objects.create(
            member=member,
            username=member.username,
            username_key=member.username_key,
            username_skeleton=member.username_skeleton,
            left_at=moment,
        )
    member.username, member.username_changed_at = username, moment
    member.save(update_fields=["username", "username_changed_at"])
    return member


def suggestion(wanted: str) -> str:
    """A free and allowed user name near `wanted`, for those who come by Kakao, Naver or Google."""
    base = "".join(char for char in names.key(wanted) if char.isalnum() or char in "-_")[: names.LONGEST - 5]
    for attempt in range(1, 10_000):
        candidate = base if attempt == 1 else f"{base or 'friend'}{attempt}"
        try:
            candidate = names.checked(candidate)
            ensure_free(candidate)
        except names.Invalid:
            continue
        return candidate
    raise NameTaken(field="username")
