from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.boards.models import Topic
from community.foundation.rest import Endpoint, gone, scope
from community.ideas.serializers import IdeaReply
from community.ideas.showing import idea_of
from community.ideas.voting import unvote, vote


class IdeaVotes(Endpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="ideas_vote", request=None, responses=IdeaReply)
    def put(self, request: Request, topic_id: UUID) -> Response:
        """Vote for an idea. Again changes nothing."""
        vote(by=request.user, topic_id=topic_id)
        topic = Topic.objects.get_visible(request.user, topic_id)
        return self.reply(IdeaReply, idea_of(topic, request.user))

    @extend_schema(operation_id="ideas_unvote", responses={204: None})
    def delete(self, request: Request, topic_id: UUID) -> Response:
        """Take your vote back. Again changes nothing."""
        unvote(by=request.user, topic_id=topic_id)
        return gone()


urlpatterns = [path("topics/<uuid:topic_id>/votes/", IdeaVotes.as_view())]
