"""What this app shows on a subject's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from community.reviews import bars, digest, looking, ordering, periods, reading
from community.reviews.models import RATINGS
from community.subjects import panels
from community.subjects.models import Subject

FIRST = 8
Built = tuple[str, dict[str, Any]] | None


def register() -> None:
    panels.register(panels.Panel(name="rate", order=10, build=rate, place="head"))
    panels.register(panels.Panel(name="digest", order=10, build=in_short))
    panels.register(panels.Panel(name="reviews", order=20, build=reviews))
    panels.register(panels.Panel(name="related", order=90, build=related))
    panels.register(panels.Panel(name="over_time", order=10, build=over_time, place="side"))


def rate(subject: Subject, request: HttpRequest) -> Built:
    """The reader's own rating, or the way to give one."""
    own = reading.own_review(subject, request.user)
    return "community/reviews/subject/_rate.html", {"own": own, "ratings": RATINGS}


def in_short(subject: Subject, request: HttpRequest) -> Built:
    if not subject.rating_count:
        return None
    lines = digest.lines_of(subject, request.user) if subject.review_count >= digest.FEWEST_REVIEWS else []
    aspects = reading.aspect_means(subject)
    if not lines and not aspects:
        return None
    return "community/reviews/subject/_digest.html", {"lines": lines, "aspects": aspects}


def reviews(subject: Subject, request: HttpRequest) -> Built:
    """The first reviews, in the usual order."""
    page = ordering.page_of_reviews(reading.reviews_of(subject, request.user), size=FIRST)
    return "community/reviews/subject/_reviews.html", {
        "page": page,
        "orders": order_names(),
        "photos": looking.strip(subject, request.user),
    }


def related(subject: Subject, request: HttpRequest) -> Built:
    url = reverse("community_reviews:related", args=[subject.slug])
    return "community/subjects/subject/_later.html", {
        "url": url,
        "title": _("Who liked this also liked"),
        "name": "related",
    }


def over_time(subject: Subject, request: HttpRequest) -> Built:
    if not subject.rating_count:
        return None
    drawn = bars.draw(periods.over_time(subject))
    return "community/reviews/subject/_over_time.html", {"bars": drawn, "height": bars.HEIGHT}


def order_names() -> list[tuple[str, str]]:
    return [
        ("helpful", _("Most helpful")),
        ("new", _("Newest")),
        ("high", _("Best ratings")),
        ("low", _("Worst ratings")),
    ]
