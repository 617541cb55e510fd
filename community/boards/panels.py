"""What is said about a subject, as a part of the subject's page: the same topics as on the boards."""

from typing import Any

from django.http import HttpRequest

from community.boards import listing, rights
from community.boards.models import Board
from community.boards.models.places import Kind
from community.subjects.models import Subject
from community.subjects.panels import Panel, register
from community.subjects.stewarding import teams_of

MOST = 6
ASKED_ON = (Kind.QUESTION, Kind.WORD_OF_MOUTH, Kind.DISCUSSION)
MAKERS_HEAR = (Kind.QUESTION, Kind.IDEA, Kind.COMPLAINT)


def register_panels() -> None:
    """Called when the app is ready."""
    register(Panel(name="topics", order=40, build=_topics))


def _topics(subject: Subject, request: HttpRequest) -> tuple[str, dict[str, Any]]:
    order = listing.order_named("new", request.user)
    topics = listing.topics_for(request.user, order=order, subject=subject.slug)
    rows = listing.rows_of(list(topics.order_by("-bumped_at", "-id")[:MOST]), request.user)
    makers = teams_of(subject)
    writable = rights.board_ids(request.user, "post")
    boards = list(Board.objects.filter(pk__in=writable, kind__in={*ASKED_ON, *MAKERS_HEAR}).in_order())
    return "community/boards/_about_subject.html", {
        "rows": rows,
        "makers": makers,
        "to_makers": [board for board in boards if board.kind in MAKERS_HEAR] if makers else [],
        "ask": [board for board in boards if board.kind in ASKED_ON],
    }
