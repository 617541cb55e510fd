"""Follow a member, to hear what they write."""

from django.db import transaction
from django.db.models import F, Q

from community.foundation.problems import NotThere
from community.members import allowances
from community.members.errors import NotOnYourself
from community.members.models import Following, Ignoring, Member
from community.outbox.events import publish


@transaction.atomic
def follow(*, by: Member, member: Member) -> bool:
    """Make `by` a follower of `member`; False if they were already. Someone whom `member` ignores may follow, which
    tells `member` nothing, so that nobody can find out who ignores them.

    Raises NotOnYourself (400), NotThere (404) for a member who cannot be seen, AllowanceSpent (429).
    """
    if by.pk == member.pk:
        raise NotOnYourself
    _both_locked(by, member)
    if not Member.objects.visible_to(by).filter(pk=member.pk).exists():
        raise NotThere
    _row, made = Following.objects.get_or_create(follower=by, followed=member)
    if not made:
        return False
    allowances.spend(member=by, act="follow")
    _count(by, member, 1)
    if not Ignoring.objects.filter(member=member, ignored=by).exists():
        publish(topic="member.followed", key=str(member.pk), payload={"member": str(member.pk), "by": str(by.pk)})
    return True


@transaction.atomic
def unfollow(*, by: Member, member: Member) -> bool:
    """End it; False if there was nothing to end."""
    _both_locked(by, member)
    deleted, _rows = Following.objects.filter(follower=by, followed=member).delete()
    if deleted:
        _count(by, member, -1)
    return bool(deleted)


@transaction.atomic
def end_all(*, member: Member) -> None:
    """For someone who leaves: nobody follows them or is followed by them any more, and the counts say so."""
    rows = Following.objects.filter(Q(follower=member) | Q(followed=member))
    others = set(rows.values_list("follower", flat=True)) | set(rows.values_list("followed", flat=True))
    list(Member.objects.select_for_update().filter(pk__in=others).order_by("pk").values_list("pk"))
    Member.objects.filter(followings__followed=member).update(following_count=F("following_count") - 1)
    Member.objects.filter(followers__follower=member).update(follower_count=F("follower_count") - 1)
    Member.objects.filter(pk=member.pk).update(following_count=0, follower_count=0)
    rows.delete()


def _both_locked(by: Member, member: Member) -> None:
    list(Member.objects.select_for_update().filter(pk__in=[by.pk, member.pk]).order_by("pk").values_list("pk"))


def _count(by: Member, member: Member, step: int) -> None:
    Member.objects.filter(pk=by.pk).update(following_count=F("following_count") + step)
    Member.objects.filter(pk=member.pk).update(follower_count=F("follower_count") + step)
