"""What this app itself shows on a vendor's page: how fast it answers, what members said of it, and ways to take part."""

from typing import Any

from django.http import HttpRequest

from commerce.vendors import hearing
from commerce.vendors.models import Vendor
from commerce.vendors.panels import Panel, register
from commerce.vendors.replying import DAYS
from community.boards import rights
from community.boards.models import Board
from community.boards.models.places import Kind
from community.subjects.models import Subject

MOST = 5
Built = tuple[str, dict[str, Any]] | None
TAKE_PART = (Kind.QUESTION, Kind.IDEA, Kind.COMPLAINT)


def register_all() -> None:
    register(Panel(name="take_part", order=20, build=take_part))
    register(Panel(name="reviews", order=30, build=reviews))
    register(Panel(name="ideas", order=40, build=ideas))
    register(Panel(name="reply_times", order=10, build=reply_times, place="side"))


def take_part(vendor: Vendor, request: HttpRequest) -> Built:
    """The boards on which one may ask, propose or complain, and the subjects that one may review."""
    writable = rights.board_ids(request.user, "post")
    boards = list(Board.objects.filter(pk__in=writable, kind__in=TAKE_PART).in_order())
    subjects = Subject.objects.filter(pk__in=hearing.subjects(vendor), hidden_at=None, merged_into=None)
    shown = list(subjects.order_by("-rating_count", "name")[:MOST])
    return "commerce/vendors/detail/_take_part.html", {"boards": boards, "subjects": shown}


def reviews(vendor: Vendor, request: HttpRequest) -> Built:
    rows = list(hearing.reviews(vendor, request.user).order_by("-published_at", "-id")[:MOST])
    return ("commerce/vendors/detail/_reviews.html", {"reviews": rows}) if rows else None


def ideas(vendor: Vendor, request: HttpRequest) -> Built:
    rows = list(hearing.ideas(vendor, request.user).order_by("-vote_count", "-topic")[:MOST])
    return ("commerce/vendors/detail/_ideas.html", {"ideas": rows}) if rows else None


def reply_times(vendor: Vendor, request: HttpRequest) -> Built:
    rows = list(vendor.reply_times.order_by("kind"))
    return "commerce/vendors/detail/_reply_times.html", {"times": rows, "days": DAYS}
