"""What a member is thanked for, for the page of that member."""

from typing import Any

from django.db.models import F, Sum, Window
from django.http import HttpRequest

from community.boards.models import Post
from community.foundation import fragments
from community.reactions.models import Tally

POSTS = 3


def register() -> None:
    """Called when the app is ready."""
    fragments.fill("member", "community/reactions/member/_thanks.html", thanked_for, order=55)


def thanked_for(request: HttpRequest, member: Any) -> dict[str, Any] | None:
    """The most thanked posts of `member` that the reader may see, and how many thanks all such posts got."""
    if member is None:
        return None
    posts = Post.objects.visible_to(request.user).filter(author=member, state="published", topic__state="published")
    rows = Tally.objects.filter(thanks__gt=0, post__in=posts).select_related("post__topic")
    best = list(rows.annotate(every=Window(Sum("thanks"))).order_by(F("thanks").desc(), "-pk")[:POSTS])
    return {"thanked": best, "every": best[0].every} if best else None
