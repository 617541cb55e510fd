"""What Atom feeds hold, and the tokens of private ones.

A token is the member's id signed with a key that hangs on the password: it opens feeds alone, and a new password ends
it. Only published texts are in feeds, also for those who may see more: what a reader program fetched once stays there.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from community.boards.models import Board, Post, Topic
from community.boards.models.topics import State
from community.foundation.addresses import absolute
from community.foundation.clock import now
from community.members.models import Member

LENGTH = 30
_SALT = "community.boards.feeds"


@dataclass(frozen=True)
class Entry:
    """One entry; `html` is the stored, safe rendering."""

    id: str
    title: str
    url: str
    author: str
    published: dt.datetime
    updated: dt.datetime
    html: str


@dataclass(frozen=True)
class Feed:
    id: str
    title: str
    url: str
    updated: dt.datetime
    entries: list[Entry]


def guest() -> AnonymousUser:
    return AnonymousUser()


def token_of(member: Member) -> str:
    """The token of a member's private feeds."""
    return signing.Signer(salt=_SALT).sign_object([member.pk.hex, _stamp(member)])


def member_of(token: str) -> Member | None:
    """Whose token this is; None for a wrong one, an ended one, or a member who is gone or suspended."""
    try:
        key, stamp = signing.Signer(salt=_SALT).unsign_object(token[:300])
        member = Member.objects.filter(pk=uuid.UUID(key), is_active=True).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if member is None or stamp != _stamp(member) or member.is_suspended:
        return None
    return member


def _stamp(member: Member) -> str:
    return salted_hmac(_SALT, member.password, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:20]


def of_topics(reader: Any, *, path: str, board: Board | None = None, tag: str | None = None, title: str = "") -> Feed:
    """The newest topics that `reader` may see, with their opening texts."""
    rows = Topic.objects.listed_for(reader)
    if board is not None:
        rows = rows.filter(board=board)
    if tag is not None:
        rows = rows.filter(topic_tags__tag__slug=tag)
    topics = list(rows.order_by("-id")[:LENGTH])
    posts = Post.objects.filter(topic__in=topics, number=1).only("topic_id", "html", "edited_at")
    openings = {post.topic_id: post for post in posts}
    entries = [
        Entry(
            id=f"urn:uuid:{topic.pk}",
            title=topic.title,
            url=absolute(topic.get_absolute_url()),
            author=_name(topic.author),
            published=topic.created_at,
            updated=openings[topic.pk].edited_at or topic.created_at,
            html=openings[topic.pk].html,
        )
        for topic in topics
        if topic.pk in openings
    ]
    return _feed(title or _("New topics"), path, entries)


def of_posts(topic: Topic, posts: Any, *, path: str) -> Feed:
    """The newest published posts of a topic."""
    newest = posts.filter(state=State.PUBLISHED).select_related("author").order_by("-number")[:LENGTH]
    entries = [
        Entry(
            id=f"urn:uuid:{post.pk}",
            title=f"{topic.title} #{post.number}",
            url=absolute(post.get_absolute_url()),
            author=_name(post.author),
            published=post.created_at,
            updated=post.edited_at or post.created_at,
            html=post.html,
        )
        for post in (newest if topic.is_published else [])
    ]
    return _feed(topic.title, path, entries)


def _feed(title: str, path: str, entries: list[Entry]) -> Feed:
    url = absolute(path)
    updated = max((entry.updated for entry in entries), default=now())
    return Feed(id=url, title=title, url=url, updated=updated, entries=entries)


def _name(member: Any) -> str:
    return member.shown_name if member is not None else _("former member")


def boards_of(member: Member) -> list[Board]:
    return list(Board.objects.visible_to(member).in_order())
