"""What a hostile member has: a browser, a REST client, and a list of all places to look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework.test import APIClient

from community.members.models import Member
from community.notifications.models import Letter
from community.notifications.sending import send_due
from tests.factories.members import logged_in

API = "/api/v1"


def rest(member: Any = None) -> APIClient:
    """A client of the REST interface that speaks JSON; None is a guest's."""
    client = APIClient()
    client.default_format = "json"
    if member is not None:
        client.force_authenticate(Member.objects.get(pk=member.pk))
    return client


@dataclass(frozen=True)
class Told:
    """What REST answered."""

    status: int
    code: str


def told(reply: Any) -> Told:
    """Status and first error code of a refusal."""
    return Told(reply.status_code, reply.json()["errors"][0]["code"])


def text_of(reply: HttpResponse) -> str:
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    return f"{reply.status_code} {dict(reply.headers)} {body.decode(errors='replace')}"


def finds(member: Any, word: str, paths: Iterable[str]) -> list[str]:
    """The paths at which `member` (None: a guest) reads the word. Each must answer, if only that nothing is there."""
    client, found = logged_in(member), []
    for path in paths:
        reply = client.get(path)
        assert reply.status_code in {200, 301, 302, 400, 401, 403, 404}, f"{path} answers {reply.status_code}"
        if word in text_of(reply):
            found.append(path)
    return found


LISTS = (
    "/",
    "/boards/",
    "/topics/",
    "/topics/?order=new",
    "/topics/?order=top",
    "/tags/",
    "/sitemap.xml",
    "/sitemap-boards-1.xml",
    "/sitemap-topics-1.xml",
    "/feeds/topics.atom",
    "/unread/",
    "/bookmarks/",
    "/drafts/",
    "/notifications/",
    "/moderation/",
    "/moderation/log/",
    "/moderation/flags/",
    "/complaints/",
    "/subjects/",
    "/settings/data/",
    f"{API}/boards/",
    f"{API}/topics/?order=new",
    f"{API}/tags/",
    f"{API}/bookmarks/",
    f"{API}/notifications/",
    f"{API}/moderation/log/",
)


def searches(word: str) -> tuple[str, ...]:
    """Every box that takes a word."""
    return (
        f"/search/?q={word}",
        f"/search/?q=tag:{word}",
        f"/search/?q=in:{word}",
        f"/search/suggestions/?q={word}",
        f"/posts/tags/?q={word}",
        f"/posts/mentions/?q={word}",
        f"/subjects/?q={word}",
        f"{API}/search/?q={word}",
        f"{API}/search/suggestions/?q={word}",
        f"{API}/subjects/?q={word}",
    )


def places_of(topic: Any, *posts: Any) -> tuple[str, ...]:
    """Every address that shows something of a topic or its posts."""
    pages = ("", "edit/", "remove/", "move/", "merge/", "split/", "state/", "poll/", "why/")
    of_topic = [f"/topics/{topic.pk}/{page}" for page in pages] + [f"/feeds/topics/{topic.pk}.atom"]
    of_topic += [f"{API}/topics/{topic.pk}/{page}" for page in ("", "posts/", "poll/")]
    of_board = [f"/boards/{topic.board.slug}/", f"/feeds/boards/{topic.board.slug}.atom"]
    of_board += [f"{API}/boards/{topic.board.slug}/", f"{API}/boards/{topic.board.slug}/topics/"]
    of_posts = [
        path
        for post in posts
        for path in (
            *(f"/posts/{post.pk}/{page}" for page in ("", "edit/", "remove/", "quote/", "revisions/", "reactions/")),
            *(f"{API}/posts/{post.pk}/{page}" for page in ("", "revisions/", "reactions/")),
        )
    ]
    return (*of_topic, *of_board, *of_posts)


def letters_sent_to(member: Any) -> str:
    """Send all that waits; the words of what the member got (kept on the row, as the operators' list shows them)."""
    send_due()
    return " ".join(f"{letter.subject} {letter.text} {letter.html}" for letter in Letter.objects.filter(member=member))


def undone(act: Callable[[], Any]) -> Any:
    """What `act` gives, with all that it wrote taken back, so that the next one meets the same world."""
    with transaction.atomic():
        given = act()
        transaction.set_rollback(True)
    return given
