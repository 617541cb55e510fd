"""One post and its earlier texts."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from community.boards import editing, presenting, removing
from community.boards.endpoints.requests import MemberCall
from community.boards.models import Post, Revision
from community.boards.serializers import PostChange, PostReply, ReasonBody, RevisionReply
from community.foundation import paging
from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, gone, page_of, scope

WRITE = scope("write")


class PostEndpoint(Endpoint):
    """What the resources of one post share."""

    access = {}

    def detail(self, post: Post) -> Response:
        response = self.reply(PostReply, presenting.posts([post], self.request.user)[0])
        response["ETag"] = etag(post.pk, post.version)
        return response


class PostOne(PostEndpoint):
    access = {"GET": PUBLIC, "PATCH": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="posts_read", responses=PostReply)
    def get(self, request: MemberCall, post_id: UUID) -> Response:
        """One post."""
        return self.detail(Post.objects.get_visible(self.viewer, post_id))

    @extend_schema(operation_id="posts_update", request=PostChange, responses=PostReply)
    def patch(self, request: MemberCall, post_id: UUID) -> Response:
        """Change a post of yours; earlier texts stay readable."""
        post = Post.objects.get_visible(request.user, post_id)
        check_etag(request, etag(post.pk, post.version))
        expected = post.version if "If-Match" in request.headers else None
        return self.detail(editing.edit_post(by=request.user, post=post, expected=expected, **self.body(PostChange)))

    @extend_schema(operation_id="posts_remove", responses={204: None})
    def delete(self, request: MemberCall, post_id: UUID) -> Response:
        """Remove a post of yours; moderators hide any."""
        removing.remove_post(by=request.user, post=Post.objects.get_visible(request.user, post_id))
        return gone()


class PostRestore(PostEndpoint):
    access = {"POST": WRITE}

    @extend_schema(operation_id="posts_restore", request=ReasonBody, responses=PostReply)
    def post(self, request: MemberCall, post_id: UUID) -> Response:
        """Bring a removed post back."""
        post = Post.objects.get_visible(request.user, post_id)
        return self.detail(removing.restore_post(by=request.user, post=post, **self.body(ReasonBody)))


class PostRevisions(PostEndpoint):
    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="posts_revisions_list", responses=page_of(RevisionReply))
    def get(self, request: MemberCall, post_id: UUID) -> Response:
        """What a post said before, newest first."""
        post = Post.objects.get_visible(self.viewer, post_id)
        rows = Revision.objects.visible_to(self.viewer).filter(post=post).select_related("edited_by")
        page: Any = paging.keyset(rows, order=("-number",), cursor=self.cursor, size=self.page_size)
        return self.answer_page(replace(page, items=[presenting.revision(row) for row in page]), RevisionReply)
