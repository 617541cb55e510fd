"""Lists of topics: their orders, what a row shows and why a topic stands where it does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.boards import extras, hotness, rights
from community.boards.models import Board, Topic, TopicTag
from community.boards.models.places import Kind
from community.boards.models.topics import signed
from community.foundation.clock import how_long_ago, now
from community.foundation.paging import PAGE_SIZE, Page, kept_keyset, keyset
from community.foundation.problems import Invalid
from community.members.ignoring import ignored_ids

TONES: dict[str, str] = {
    Kind.DISCUSSION: "pine",
    Kind.WORD_OF_MOUTH: "plum",
    Kind.QUESTION: "sky",
    Kind.IDEA: "mustard",
    Kind.COMPLAINT: "persimmon",
    Kind.NOTICE: "success",
}
PERIODS = {"day": 1, "week": 7, "month": 30, "year": 365, "all": None}
OWN_ORDERS = {
    "hot": extras.Order("hot", gettext_lazy("Hot"), lambda topics, member: topics, ("-hot",), for_guests=True),
    "new": extras.Order("new", gettext_lazy("New"), lambda topics, member: topics, ("-bumped_at",), for_guests=True),
    "top": extras.Order("top", gettext_lazy("Top"), lambda topics, member: topics, ("-score",), for_guests=True),
}


@dataclass(frozen=True)
class Row:
    """A topic with what its row shows; `last_poster` is None when the reader ignores them."""

    topic: Topic
    tone: str
    tags: Sequence[str]
    last_poster: Any
    why: str
    parts: Sequence[tuple[str, dict[str, Any]]] = ()

    @property
    def looks(self) -> tuple[Any, ...] | None:
        """All that the row shows: rows of the same looks are drawn once (`{% drawn %}`). None if an app above does not
        say what its part shows."""
        topic, poster = self.topic, self.last_poster
        parts = extras.looks_of(self.parts)
        return parts and (
            parts,
            (topic.pk, topic.title, topic.pinned, topic.locked, topic.answer_id, topic.reply_count),
            (topic.board.kind, topic.board.name, topic.board.name_ko, topic.board.slug),
            (tuple(self.tags), self.why),
            (poster.pk, poster.shown_name, poster.picture) if poster else (),
            (topic.bumped_at, how_long_ago(topic.bumped_at)),
        )


@dataclass(frozen=True)
class Listing:
    """One page of rows; `page` carries the cursors for the pager."""

    page: Page[Topic]
    rows: list[Row]
    pinned: list[Row] = field(default_factory=list)


def orders(member: Any) -> list[extras.Order]:
    """The orders that this reader may choose from."""
    further = extras.orders().values()
    return [*OWN_ORDERS.values(), *(each for each in further if each.for_guests or member.is_authenticated)]


def order_named(name: str | None, member: Any) -> extras.Order:
    """Raises Invalid (field `order`) for an order that is none."""
    found = {each.name: each for each in orders(member)}.get(name or "hot")
    if found is None:
        raise Invalid(_("There is no such order."), code="invalid_choice", field="order")
    return found


def topics_for(
    member: Any,
    *,
    order: extras.Order,
    board: Board | None = None,
    tag: str | None = None,
    subject: str | None = None,
    period: str = "all",
) -> Any:
    """The listed topics that `member` may see, narrowed (`subject` is a slug); to be paged by `order.by`.

    Raises Invalid (field `period`) for a period that is none.
    """
    if period not in PERIODS:
        raise Invalid(_("There is no such period."), code="invalid_choice", field="period")
    topics = with_tags(Topic.objects.listed_for(member))
    if board is not None:
        topics = topics.filter(board=board)
    if tag is not None:
        topics = topics.filter(topic_tags__tag__slug=tag)
    if subject is not None:
        topics = topics.filter(topic_subjects__subject__slug=subject)
    days = PERIODS[period] if order.name == "top" else None
    if days is not None:
        topics = topics.filter(created_at__gte=now() - dt.timedelta(days=days))
    return order.rows(topics, member)


def with_tags(topics: Any) -> Any:
    """Annotate `tag_slugs`, so that tags cost no query of their own."""
    tags = TopicTag.objects.filter(topic=OuterRef("pk")).order_by("tag__slug").values("tag__slug")
    return topics.annotate(tag_slugs=ArraySubquery(tags))


def listing(
    member: Any,
    *,
    order: extras.Order,
    cursor: str | None = None,
    board: Board | None = None,
    tag: str | None = None,
    period: str = "all",
    size: int = PAGE_SIZE,
) -> Listing:
    """One page of a list. Pinned topics stand above the first page of their own board alone."""
    if order.name in OWN_ORDERS and period == "all" and board is None and tag is None:
        page = _of_all(member, order, cursor, size)
        return Listing(page=page, rows=rows_of(page.items, member, order=order))
    topics = topics_for(member, order=order, board=board, tag=tag, period=period)
    pinned: list[Topic] = []
    if board is not None and order.name in OWN_ORDERS and tag is None:
        if not cursor:
            pinned = list(topics.filter(pinned=True).order_by("-bumped_at")[:10])
        topics = topics.filter(pinned=False)
    page = keyset(topics, order=order.by, cursor=cursor, size=size)
    shown = rows_of([*pinned, *page.items], member, order=order)
    return Listing(page=page, pinned=shown[: len(pinned)], rows=shown[len(pinned) :])


def _of_all(member: Any, order: extras.Order, cursor: str | None, size: int) -> Page[Topic]:
    """The pages that most readers open: their statement is put together once for all who may see the same."""

    def build() -> Any:
        shown = topics_for(member, order=order).defer("created_at", "answer_at")
        return shown.select_related(None).select_related("board", "last_poster")

    return kept_keyset(
        rights.outlook(member, "topics", order.name),
        build,
        model=Topic,
        order=order.by,
        cursor=cursor,
        by=signed(member),
        size=size,
    )


def rows_of(topics: Sequence[Any], member: Any, *, order: extras.Order | None = None) -> list[Row]:
    """The rows of these topics (from `with_tags`), with the parts that the apps above add: constant in queries."""
    ignored = ignored_ids(member)
    parts = extras.row_parts(list(topics), member)
    return [
        Row(
            topic=topic,
            tone=TONES[topic.board.kind],
            tags=topic.tag_slugs,
            last_poster=None if topic.last_poster_id in ignored else topic.last_poster,
            why=why(topic, order),
            parts=parts[topic.pk],
        )
        for topic in topics
    ]


def why(topic: Topic, order: extras.Order | None) -> str:
    """Why a topic stands where it does, in words and figures; empty where an order explains itself."""
    if order is None or topic.pinned:
        return _("A moderator pinned it.") if topic.pinned else ""
    if order.name == "top":
        return ngettext("It has %(n)s point from reactions and votes.", "It has %(n)s points from reactions and votes.", topic.score) % {"n": topic.score}  # fmt: skip
    if order.name == "new":
        return _("Its last post is the newest of those below.")
    if order.name != "hot":
        return ""
    age = now() - topic.bumped_at
    heat = hotness.heat(score=topic.score, people=topic.poster_count, age=age)
    if not heat:
        return _("It is no longer hot; the newest stand first.")
    figures = {
        "heat": f"{heat:.2f}",
        "score": topic.score,
        "people": topic.poster_count,
        "hours": f"{max(0.0, age.total_seconds() / 3600):.1f}",
    }
    return (
        _("Hot %(heat)s = (1 + %(score)s points + 2 × (%(people)s people − 1)) ÷ (%(hours)s hours + 2)^1.5") % figures
    )
