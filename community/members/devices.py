"""Logging a member's devices out."""

from allauth.usersessions.models import UserSession

from community.foundation.problems import NotThere
from community.members.models import Member


def end(*, by: Member, session_id: int) -> None:
    """End one of the member's own sessions; another's reads like none."""
    session = UserSession.objects.filter(user=by, pk=session_id).first()
    if session is None:
        raise NotThere
    session.end()
