"""What stands on a product's page from the community: what is said of its subject."""

from collections.abc import Hashable
from typing import Any

from django.http import HttpRequest

from commerce.catalog import panels
from commerce.catalog.choosing import Shown
from community.members.ignoring import ignored_ids
from community.reviews import panels as review_panels
from community.reviews.reading import has_marks

Built = tuple[str, dict[str, Any]] | None


def register() -> None:
    panels.register(panels.Panel(name="digest", order=50, build=digest, same_for=everyone))
    panels.register(panels.Panel(name="reviews", order=60, build=reviews, same_for=readers_without_marks))


def digest(shown: Shown, request: HttpRequest) -> Built:
    return _of_subject(review_panels.in_short(shown.product.subject, request), shown)


def reviews(shown: Shown, request: HttpRequest) -> Built:
    return _of_subject(review_panels.reviews(shown.product.subject, request), shown)


def everyone(shown: Shown, request: HttpRequest) -> Hashable | None:
    """What is said in short is the same for all but those who ignore somebody, and operators."""
    if getattr(request.user, "is_operator", False) or ignored_ids(request.user):
        return None
    subject: Any = shown.product.subject
    return subject.pk, subject.score, subject.rating_count, subject.review_count


def readers_without_marks(shown: Shown, request: HttpRequest) -> Hashable | None:
    """The first reviews look the same to all members who wrote none of them and voted on none."""
    key, signed_in = everyone(shown, request), request.user.is_authenticated
    if key is None or (signed_in and has_marks(shown.product.subject, request.user)):
        return None
    return key, signed_in


def _of_subject(built: Built, shown: Shown) -> Built:
    return (built[0], {**built[1], "subject": shown.product.subject}) if built else None
