from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.boards.models import Post
from community.foundation.rest import PUBLIC, Endpoint, gone, page_of, scope
from community.reactions.models import Reaction
from community.reactions.reacting import react, unreact
from community.reactions.serializers import ReactionFilters, ReactionReply, ReactionsReply
from community.reactions.showing import counts_and_mine


class ReactionList(Endpoint):
    access = {"GET": PUBLIC}
    filters = ReactionFilters
    paged = True

    @extend_schema(operation_id="reactions_list", responses=page_of(ReactionReply))
    def get(self, request: Request, post_id: UUID) -> Response:
        """Who reacted to a post, newest first."""
        post = Post.objects.get_visible(self.viewer, post_id)
        given = Reaction.objects.visible_to(self.viewer).filter(post=post, **self.query).select_related("member")
        return self.page(given, order=("-id",), reply=ReactionReply)


class ReactionOne(Endpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="reactions_give", request=None, responses=ReactionsReply)
    def put(self, request: Request, post_id: UUID, kind: str) -> Response:
        """React to a post: like, thanks, agree, laugh, surprise or sorry. Again changes nothing."""
        react(by=request.user, post_id=post_id, kind=kind)
        post = Post.objects.get_visible(request.user, post_id)
        counts, mine = counts_and_mine([post], request.user)[post.pk]
        return self.reply(ReactionsReply, {"counts": counts, "mine": sorted(mine)})

    @extend_schema(operation_id="reactions_take_back", responses={204: None})
    def delete(self, request: Request, post_id: UUID, kind: str) -> Response:
        """Take a reaction back. Again changes nothing."""
        unreact(by=request.user, post_id=post_id, kind=kind)
        return gone()


urlpatterns = [
    path("posts/<uuid:post_id>/reactions/", ReactionList.as_view()),
    path("posts/<uuid:post_id>/reactions/<slug:kind>/", ReactionOne.as_view()),
]
