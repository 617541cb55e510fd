"""What a member wrote lately, for the page of that member."""

from typing import Any

from django.http import HttpRequest

from community.boards import listing
from community.boards.models import Post, Topic
from community.foundation import fragments

TOPICS, POSTS = 5, 5


def register() -> None:
    """Called when the app is ready."""
    fragments.fill("member", "community/boards/_of_member.html", latest, order=60)


def latest(request: HttpRequest, member: Any) -> dict[str, Any] | None:
    """The latest topics and answers of `member` that the reader may see."""
    if member is None:
        return None
    topics = listing.with_tags(Topic.objects.listed_for(request.user)).filter(author=member).order_by("-id")[:TOPICS]
    posts = (
        Post.objects.visible_to(request.user)
        .filter(author=member, state="published", topic__state="published", number__gt=1)
        .select_related("topic__board")
        .order_by("-id")[:POSTS]
    )
    rows, answers = listing.rows_of(list(topics), request.user), list(posts)
    return {"rows": rows, "posts": answers, "member": member} if rows or answers else None
