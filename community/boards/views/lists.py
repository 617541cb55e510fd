"""Boards and lists of topics."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from community.boards import linking, listing, rights
from community.boards.models import Board, Tag, Topic
from community.foundation.access import everyone
from community.foundation.addresses import absolute
from community.foundation.guest_cache import cached_for_guests
from community.foundation.paging import keyset
from community.foundation.problems import NotThere
from community.members.ignoring import ignored_ids


@everyone
@cached_for_guests
def index(request: HttpRequest) -> HttpResponse:
    """All boards that the reader may read, by category, each with its last voice."""
    last = Topic.objects.listed_for(request.user).filter(board=OuterRef("pk")).order_by("-bumped_at", "-id")
    boards: list[Any] = list(
        Board.objects.visible_to(request.user).in_order().annotate(last_id=Subquery(last.values("pk")[:1]))
    )
    topics = Topic.objects.with_row().in_bulk([board.last_id for board in boards if board.last_id])
    ignored = ignored_ids(request.user)
    for board in boards:
        board.last_topic = topics.get(board.last_id)
        board.last_poster_shown = bool(board.last_topic and board.last_topic.last_poster_id not in ignored)
        board.tone = listing.TONES[board.kind]
        board.counts_shown = not board.own_topics_only or rights.may(request.user, "moderate", board)
    return render(request, "community/boards/index/page.html", {"boards": boards})


@everyone
@cached_for_guests
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of all boards."""
    return _list(request, "community/boards/topics/page.html", {})


@everyone
@cached_for_guests
def board(request: HttpRequest, board_slug: str) -> HttpResponse:
    """The topics of one board, with its customs."""
    shown = Board.objects.get_visible(request.user, board_slug)
    may_post = rights.may(request.user, "post", shown)
    context = {"board": shown, "tone": listing.TONES[shown.kind], "may_post": may_post}
    return _list(request, "community/boards/board/page.html", context, board=shown)


@everyone
@cached_for_guests
def tags(request: HttpRequest) -> HttpResponse:
    """All tags in use on boards that the reader may read."""
    page = keyset(Tag.objects.visible_to(request.user), order=("slug",), cursor=request.GET.get("cursor"), size=100)
    return render(request, "community/boards/tags/page.html", {"page": page})


@everyone
@cached_for_guests
def tag(request: HttpRequest, tag_slug: str) -> HttpResponse:
    """The topics that carry a tag."""
    shown = Tag.objects.visible_to(request.user).filter(slug=tag_slug).first()
    if shown is None:
        raise NotThere
    return _list(request, "community/boards/tag/page.html", {"tag": shown}, tag=shown.slug)


def _list(request: HttpRequest, template: str, context: dict[str, Any], **narrowed: Any) -> HttpResponse:
    order = listing.order_named(request.GET.get("order"), request.user)
    period = request.GET.get("period") or "all"
    if "tag" not in narrowed and request.GET.get("tag"):
        narrowed["tag"] = request.GET["tag"]
    shown = listing.listing(request.user, order=order, cursor=request.GET.get("cursor"), period=period, **narrowed)
    context |= {
        "listing": shown,
        "links": linking.of_list(request.path, feed=_feed_of(narrowed, context)),
        "order": order,
        "orders": listing.orders(request.user),
        "period": period,
        "periods": listing.PERIODS if order.name == "top" else {},
        "filtered_by": narrowed.get("tag") if "tag" not in context else None,
    }
    return render(request, template, context)


def _feed_of(narrowed: dict[str, Any], context: dict[str, Any]) -> str:
    if narrowed.get("board"):
        return absolute(reverse("community_boards:board_feed", args=[narrowed["board"].slug]))
    if context.get("tag"):
        return absolute(reverse("community_boards:tag_feed", args=[context["tag"].slug]))
    return absolute(reverse("community_boards:topics_feed"))
