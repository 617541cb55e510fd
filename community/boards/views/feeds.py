"""Atom feeds of topics and posts (RFC 4287). With `?token=` a member's reader gets what that member may read."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.boards import feeds
from community.boards.models import Board, Post, Tag, Topic
from community.boards.views.requests import MemberRequest
from community.foundation import limits
from community.foundation.access import everyone, signed_in
from community.foundation.guest_cache import cached_for_guests
from community.foundation.problems import NotThere

TYPE = "application/atom+xml; charset=utf-8"


def _reader(request: HttpRequest) -> Any:
    """Whose eyes the feed looks through: the token's member's, else a guest's. A wrong token is not there.

    Wrong tokens are counted by address, so that trying them locks nobody else out.
    """
    token = request.GET.get("token")
    if token is None:
        return feeds.guest()
    member = feeds.member_of(token)
    if member is None:
        limits.spend(name="feed-token", who=limits.address(request), limit=20, seconds=600)
        raise NotThere
    return member


def _answer(request: HttpRequest, feed: feeds.Feed) -> HttpResponse:
    return render(request, "community/boards/feeds/feed.xml", {"feed": feed}, content_type=TYPE)


@everyone
@cached_for_guests
def topics(request: HttpRequest) -> HttpResponse:
    """The newest topics of all boards."""
    return _answer(request, feeds.of_topics(_reader(request), path=request.path))


@everyone
@cached_for_guests
def board(request: HttpRequest, board_slug: str) -> HttpResponse:
    """The newest topics of a board."""
    reader = _reader(request)
    shown = Board.objects.get_visible(reader, board_slug)
    return _answer(request, feeds.of_topics(reader, board=shown, title=shown.shown_name, path=request.path))


@everyone
@cached_for_guests
def tag(request: HttpRequest, tag_slug: str) -> HttpResponse:
    """The newest topics with a tag."""
    reader = _reader(request)
    shown = Tag.objects.visible_to(reader).filter(slug=tag_slug).first()
    if shown is None:
        raise NotThere
    return _answer(request, feeds.of_topics(reader, tag=shown.slug, title=f"#{shown}", path=request.path))


@everyone
@cached_for_guests
def topic(request: HttpRequest, topic_id: uuid.UUID) -> HttpResponse:
    """The newest posts of a topic."""
    reader = _reader(request)
    shown = Topic.objects.get_visible(reader, topic_id)
    posts = Post.objects.filter(topic=shown).visible_to(reader)
    return _answer(request, feeds.of_posts(shown, posts, path=request.path))


@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """The addresses of one's private feeds."""
    context = {"token": feeds.token_of(request.user), "boards": feeds.boards_of(request.user)}
    return render(request, "community/boards/feeds/page.html", context)
