"""Polls on topics, opened by the act."""

from typing import Any

from community.boards.models import Topic
from community.members.models import Member
from community.polls.models import Poll
from community.polls.opening import drafted, open_poll
from tests.factories.boards import a_topic


def a_poll(
    *,
    topic: Topic | None = None,
    by: Member | None = None,
    options: tuple[str, ...] = ("Tea", "Coffee", "Water"),
    **fields: Any,
) -> Poll:
    draft = drafted({"options": list(options), **fields})
    assert draft is not None
    return open_poll(topic=topic or a_topic(by=by), draft=draft)
