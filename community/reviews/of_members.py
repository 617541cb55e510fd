"""What a member reviewed lately, for the page of that member."""

from typing import Any

from django.http import HttpRequest

from community.foundation import fragments
from community.reviews.models import Review

REVIEWS = 5


def register() -> None:
    """Called when the app is ready."""
    fragments.fill("member", "community/reviews/member/_latest.html", latest, order=70)


def latest(request: HttpRequest, member: Any) -> dict[str, Any] | None:
    """The latest reviews of `member`, with words, that the reader may see."""
    if member is None:
        return None
    rows = Review.objects.visible_to(request.user).standing().with_words().filter(author=member)
    reviews = list(rows.select_related("subject").order_by("-published_at", "-id")[:REVIEWS])
    return {"reviews": reviews} if reviews else None
