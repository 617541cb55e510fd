"""Boards, the topics of one, and tags."""

from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.boards import listing, presenting, wording
from community.boards.models import Board, Tag
from community.boards.serializers import BoardReply, TagFilters, TagReply, TopicFilters, TopicReply
from community.foundation import paging
from community.foundation.rest import PUBLIC, Endpoint, page_of


class TopicLister(Endpoint):
    """What the lists of topics share."""

    access = {}

    def topics(self, board: Board | None = None) -> Response:
        """A page of topics by ?order=, ?tag=, ?subject= and ?period=."""
        asked: Any = dict(self.query)
        order = listing.order_named(asked.pop("order", None), self.viewer)
        rows = listing.topics_for(self.viewer, order=order, board=board, **asked)
        rows = presenting.with_rest(rows, self.viewer)
        page: Any = paging.keyset(rows, order=order.by, cursor=self.cursor, size=self.page_size)
        return self.answer_page(replace(page, items=presenting.topics(page.items, self.viewer)), TopicReply)


class BoardList(Endpoint):
    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="boards_list", responses=page_of(BoardReply))
    def get(self, request: Request) -> Response:
        """The boards that you may read."""
        rows = Board.objects.visible_to(self.viewer).select_related("category")
        page: Any = paging.keyset(rows, order=("position", "slug"), cursor=self.cursor, size=self.page_size)
        return self.answer_page(replace(page, items=presenting.boards(page.items, self.viewer)), BoardReply)


class BoardOne(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="boards_read", responses=BoardReply)
    def get(self, request: Request, board_slug: str) -> Response:
        """One board."""
        return self.reply(
            BoardReply, presenting.boards([Board.objects.get_visible(self.viewer, board_slug)], self.viewer)[0]
        )


class BoardTopics(TopicLister):
    access = {"GET": PUBLIC}
    filters = TopicFilters
    paged = True

    @extend_schema(operation_id="boards_topics_list", responses=page_of(TopicReply))
    def get(self, request: Request, board_slug: str) -> Response:
        """The topics of a board."""
        return self.topics(Board.objects.get_visible(self.viewer, board_slug))


class TagList(Endpoint):
    access = {"GET": PUBLIC}
    filters = TagFilters
    paged = True

    @extend_schema(operation_id="tags_list", responses=page_of(TagReply))
    def get(self, request: Request) -> Response:
        """The tags in use on boards that you may read."""
        rows: Any = Tag.objects.visible_to(self.viewer)
        if self.query.get("q"):
            rows = rows.filter(slug__startswith=wording.tag(self.query["q"]))
        return self.page(rows, order=("slug",), reply=TagReply)
