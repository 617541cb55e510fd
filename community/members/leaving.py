"""Leave for good. First the door closes at once, then a worker empties everything that is personal."""

import datetime as dt
from importlib import import_module
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from community.foundation import clock, limits
from community.members import erasure
from community.members.errors import OperatorMayNotLeave, WrongPassword
from community.members.models import Member
from community.outbox.events import publish

SWEPT_AFTER = dt.timedelta(days=1)


@transaction.atomic
def ask_for_erasure(*, by: Member, member: Member | None = None) -> Member:
    """Close the account of `by` (operators: of another member) at once; the worker erases it next.

    From now on nobody sees the profile, and no session, token or password opens it. Raises OperatorMayNotLeave (409).
    """
    row = Member.objects.select_for_update().get(pk=(member or by).pk)
    if row.is_operator:
        raise OperatorMayNotLeave
    if row.leaving_at is None:
        row.leaving_at, row.is_active = clock.now(), False
        row.save(update_fields=["leaving_at", "is_active"])
        end_sessions(member=row)
        publish(topic="member.leaving", key=str(row.pk), payload={"member": str(row.pk)})
    return row


def require_password(*, member: Member, password: str) -> None:
    """What whoever finds a browser open does not know; members without a password have nothing to tell.

    Raises WrongPassword (field `password`), TooMany after ten tries in ten minutes.
    """
    if not member.has_usable_password():
        return
    limits.spend(name="leaving", who=str(member.pk), limit=10, seconds=600)
    if not member.check_password(password):
        raise WrongPassword(field="password")


@transaction.atomic
def erase(*, member_id: UUID | str) -> bool:
    """Empty what is personal of a member who is leaving; False if they are not, or if it is done. May run twice."""
    member = Member.objects.select_for_update().filter(pk=member_id, erased_at=None).exclude(leaving_at=None).first()
    if member is None:
        return False
    erasure.run_all(member)
    _empty(member)
    publish(topic="member.erased", key=str(member.pk), payload={"member": str(member.pk)})
    return True


def sweep_erased() -> int:
    """A day after an erasure, remove whatever the apps' own handlers left behind; gives how many were looked at."""
    moment = clock.now()
    erased = Member.objects.filter(erased_at__lt=moment - SWEPT_AFTER, erased_at__gt=moment - 4 * SWEPT_AFTER)
    for member in erased:
        with transaction.atomic():
            erasure.sweep(member)
    return len(erased)


def end_sessions(*, member: Member) -> None:
    """Log the member out everywhere: browsers, apps, tokens."""
    engine = import_module(settings.SESSION_ENGINE)
    for session in UserSession.objects.filter(user=member):
        engine.SessionStore(session.session_key).delete()
        session.delete()
    for model in (AccessToken, RefreshToken, Grant):
        model.objects.filter(user=member).delete()


def _empty(member: Member) -> None:
    for field in ("email", "username_changed_at", "silenced_until", "suspended_until", "last_seen_at", "last_login"):
        setattr(member, field, None)
    for field in ("display_name", "bio", "language", "time_zone", "picture"):
        setattr(member, field, "")
    member.username = f"former-{member.pk.hex[-16:]}"
    member.is_moderator = member.profile_open = member.trust_fixed = False
    member.trust_level = member.follower_count = member.following_count = 0
    member.erased_at = clock.now()
    member.set_unusable_password()
    member.save()
