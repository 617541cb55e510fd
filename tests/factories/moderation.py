"""Flags and cases for tests."""

from typing import Any

from community.moderation.flagging import flag
from community.moderation.models import Case
from tests.factories.boards import a_post
from tests.factories.members import a_member


def a_case(post: Any = None, *, by: Any = None, reason: str = "spam", note: str = "", kind: str = "post") -> Case:
    """The open case of a flagged post (or what `kind` says)."""
    post = post or a_post()
    return flag(by=by or a_member(), kind=kind, target_id=post.pk, reason=reason, note=note).case
