"""REST resources of reading."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from community.boards.models import Board, Topic
from community.foundation import targets
from community.foundation.paging import keyset
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.members.requests import MemberApiRequest
from community.reading import lists
from community.reading.bookmarking import bookmark, drop
from community.reading.following import follow_board, follow_topic
from community.reading.marking import mark_board_read, mark_read
from community.reading.models import Bookmark
from community.reading.serializers import (
    BookmarkBody,
    BookmarkReply,
    LevelBody,
    LevelReply,
    ReadUntilBody,
    ReadUntilReply,
)

WRITE = scope("write")


class TopicRead(Endpoint):
    access = {"PUT": WRITE}

    @extend_schema(operation_id="topics_read_update", request=ReadUntilBody, responses=ReadUntilReply)
    def put(self, request: MemberApiRequest, topic_id: UUID) -> Response:
        """You have read the topic up to this post. The number only grows, and ends at the last post there is."""
        topic = Topic.objects.get_visible(request.user, topic_id)
        number = mark_read(by=request.user, topic=topic, **self.body(ReadUntilBody))
        return self.reply(ReadUntilReply, {"post_number": number})


class TopicFollowed(Endpoint):
    access = {"PUT": WRITE}

    @extend_schema(operation_id="topics_follow_update", request=LevelBody, responses=LevelReply)
    def put(self, request: MemberApiRequest, topic_id: UUID) -> Response:
        """Follow a topic: watch (a notice for each post), track (counts as new), normal, mute (never counts as new)."""
        topic = Topic.objects.get_visible(request.user, topic_id)
        return self.reply(LevelReply, follow_topic(by=request.user, topic=topic, **self.body(LevelBody)))


class BoardFollowed(Endpoint):
    access = {"PUT": WRITE}

    @extend_schema(operation_id="boards_follow_update", request=LevelBody, responses=LevelReply)
    def put(self, request: MemberApiRequest, board_slug: str) -> Response:
        """Follow a board, and so every topic on it that has no level of its own."""
        board = Board.objects.get_visible(request.user, board_slug)
        return self.reply(LevelReply, follow_board(by=request.user, board=board, **self.body(LevelBody)))


class BoardRead(Endpoint):
    access = {"PUT": WRITE}

    @extend_schema(operation_id="boards_read_update", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, board_slug: str) -> Response:
        """Everything on the board until now counts as read."""
        mark_board_read(by=request.user, board=Board.objects.get_visible(request.user, board_slug))
        return gone()


class Bookmarked(Endpoint):
    """Any kind of thing that has an address here."""

    access = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="bookmarks_update", request=BookmarkBody, responses=BookmarkReply)
    def put(self, request: MemberApiRequest, target_kind: str, target_id: UUID) -> Response:
        """Keep it, or change the note and reminder of what is kept."""
        return self.keep(target_kind, target_id)

    @extend_schema(operation_id="bookmarks_delete", request=None, responses={204: None})
    def delete(self, request: MemberApiRequest, target_kind: str, target_id: UUID) -> Response:
        """Keep it no longer."""
        drop(by=request.user, kind=target_kind, id=target_id)
        return gone()

    def keep(self, kind: str, id: UUID) -> Response:
        member: Any = self.request.user
        target = targets.find(kind=kind, id=id, member=member)
        row = bookmark(by=member, target=target, **self.body(BookmarkBody))
        return self.reply(BookmarkReply, lists.kept([row], member)[0])


class TopicBookmarked(Bookmarked):
    access = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="topics_bookmark_update", request=BookmarkBody, responses=BookmarkReply)
    def put(self, request: MemberApiRequest, topic_id: UUID) -> Response:  # type: ignore[override]
        """Keep a topic, or change the note and reminder."""
        return self.keep("topic", topic_id)

    @extend_schema(operation_id="topics_bookmark_delete", request=None, responses={204: None})
    def delete(self, request: MemberApiRequest, topic_id: UUID) -> Response:  # type: ignore[override]
        """Keep it no longer."""
        Topic.objects.get_visible(request.user, topic_id)
        drop(by=request.user, kind="topic", id=topic_id)
        return gone()


class PostBookmarked(Bookmarked):
    access = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="posts_bookmark_update", request=BookmarkBody, responses=BookmarkReply)
    def put(self, request: MemberApiRequest, post_id: UUID) -> Response:  # type: ignore[override]
        """Keep a post, or change the note and reminder."""
        return self.keep("post", post_id)

    @extend_schema(operation_id="posts_bookmark_delete", request=None, responses={204: None})
    def delete(self, request: MemberApiRequest, post_id: UUID) -> Response:  # type: ignore[override]
        """Keep it no longer."""
        drop(by=request.user, kind="post", id=post_id)
        return gone()


class Bookmarks(Endpoint):
    access = {"GET": scope("read")}
    paged = True

    @extend_schema(operation_id="bookmarks_list", responses=page_of(BookmarkReply))
    def get(self, request: MemberApiRequest) -> Response:
        """Your bookmarks, the newest first."""
        rows = Bookmark.objects.visible_to(request.user)
        page: Any = keyset(rows, order=("-id",), cursor=self.cursor, size=self.page_size)
        return self.answer_page(replace(page, items=lists.kept(page.items, request.user)), BookmarkReply)


urlpatterns = [
    path("topics/<uuid:topic_id>/read/", TopicRead.as_view()),
    path("topics/<uuid:topic_id>/follow/", TopicFollowed.as_view()),
    path("topics/<uuid:topic_id>/bookmark/", TopicBookmarked.as_view()),
    path("posts/<uuid:post_id>/bookmark/", PostBookmarked.as_view()),
    path("boards/<str:board_slug>/follow/", BoardFollowed.as_view()),
    path("boards/<str:board_slug>/read/", BoardRead.as_view()),
    path("bookmarks/", Bookmarks.as_view()),
    path("bookmarks/<str:target_kind>/<uuid:target_id>/", Bookmarked.as_view()),
]
