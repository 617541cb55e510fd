"""What stands on the front page: what people talk about, what they reviewed, what they like, and where they meet.

Every shelf costs the same number of queries however much it holds.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from community.boards import listing
from community.boards.models import Board, Topic
from community.members.ignoring import ignored_ids
from community.reviews.models import Review
from community.subjects.models import Subject

TOPICS, REVIEWS, SUBJECTS, BOARDS = 8, 4, 6, 10
COUNTED = 100
"""Counting what is new stops here: "more than a hundred" says enough."""


@dataclass(frozen=True)
class BoardShown:
    """A board with its last voice; `last` is None while nobody spoke, `voice` when the reader ignores them."""

    board: Board
    tone: str
    last: Topic | None
    voice: Any


@dataclass(frozen=True)
class News:
    """What came since the last visit."""

    since: dt.datetime
    topics: int
    reviews: int

    def __bool__(self) -> bool:
        return bool(self.topics or self.reviews)


def talked_about(member: Any) -> list[listing.Row]:
    """The hottest topics, each with why it is there."""
    order = listing.order_named("hot", member)
    topics = listing.topics_for(member, order=order).order_by("-hot", "-id")[:TOPICS]
    return listing.rows_of(list(topics), member, order=order)


def fresh_reviews(member: Any) -> list[Review]:
    """The newest reviews with words, at most one of a subject."""
    newest = Review.objects.visible_to(member).standing().with_words().order_by("-published_at", "-id")
    found: dict[Any, Review] = {}
    for review in newest.select_related("author", "subject", "subject__category")[: REVIEWS * 4]:
        found.setdefault(review.subject_id, review)
    return list(found.values())[:REVIEWS]


def well_liked(member: Any) -> list[Subject]:
    """The subjects with the best scores, which need enough ratings to be there (subjects.scoring)."""
    rows = Subject.objects.visible_to(member).filter(rating_count__gt=0).select_related("category", "picture")
    return list(rows.order_by("-score", "-id")[:SUBJECTS])


def boards_with_voices(member: Any) -> list[BoardShown]:
    """The boards that `member` may read, in their order, each with the topic that last had a voice."""
    latest = Topic.objects.listed_for(member).filter(board=OuterRef("pk")).order_by("-bumped_at", "-id")
    boards = list(
        Board.objects.visible_to(member).in_order().annotate(last_id=Subquery(latest.values("pk")[:1]))[:BOARDS]
    )
    topics = Topic.objects.with_row().in_bulk([board.last_id for board in boards if board.last_id])
    ignored = ignored_ids(member)
    shown = []
    for board in boards:
        last = topics.get(board.last_id)
        voice = last.last_poster if last and last.last_poster_id not in ignored else None
        shown.append(BoardShown(board, listing.TONES[board.kind], last, voice))
    return shown


def news_since(member: Any, since: dt.datetime) -> News:
    """How many topics and reviews came since then, each counted up to COUNTED."""
    topics = Topic.objects.listed_for(member).filter(created_at__gt=since)
    reviews = Review.objects.visible_to(member).standing().with_words().filter(published_at__gt=since)
    return News(since, topics.order_by()[:COUNTED].count(), reviews.order_by()[:COUNTED].count())
