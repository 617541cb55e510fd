"""What stands on a product's page from the community: what is said of its subject."""

from typing import Any

from django.http import HttpRequest

from commerce.catalog import panels
from commerce.catalog.choosing import Shown
from community.reviews import panels as review_panels

Built = tuple[str, dict[str, Any]] | None


def register() -> None:
    panels.register(panels.Panel(name="digest", order=50, build=digest))
    panels.register(panels.Panel(name="reviews", order=60, build=reviews))


def digest(shown: Shown, request: HttpRequest) -> Built:
    return _of_subject(review_panels.in_short(shown.product.subject, request), shown)


def reviews(shown: Shown, request: HttpRequest) -> Built:
    return _of_subject(review_panels.reviews(shown.product.subject, request), shown)


def _of_subject(built: Built, shown: Shown) -> Built:
    return (built[0], {**built[1], "subject": shown.product.subject}) if built else None
