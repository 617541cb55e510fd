"""Whether a member may speak at present."""

from typing import Any

from community.members.errors import EmailUnverified, Silenced, Suspended


def require_voice(member: Any) -> None:
    """Let a member act who is neither silenced nor suspended and whose e-mail address is verified.

    Every act by which a member says something calls this first. Raises Suspended, Silenced or EmailUnverified (403).
    """
    if member.is_suspended:
        raise Suspended
    if member.is_silenced:
        raise Silenced
    if member.joined_at is None:
        raise EmailUnverified


def has_voice(member: Any) -> bool:
    """The same as a question, for pages that offer an act or explain why not."""
    return bool(member.is_authenticated and member.joined_at and not member.is_suspended and not member.is_silenced)
