from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.boards.models import Topic
from community.foundation.problems import NotThere
from community.foundation.rest import PUBLIC, Endpoint, gone, page_of, scope
from community.polls.closing import close_poll
from community.polls.models import PollKind
from community.polls.serializers import PollCountReply, PollReply, VoteBody, VoterReply
from community.polls.standings import METHODS, Standing, runoff_of, standing_of, voters_of
from community.polls.voting import cast_ballot, withdraw_ballot


def standing_for(member: Any, topic_id: UUID) -> Standing:
    """The poll of a topic that `member` may see. Raises NotThere."""
    standing = standing_of(Topic.objects.get_visible(member, topic_id), member)
    if standing is None:
        raise NotThere
    return standing


class PollOne(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="polls_read", responses=PollCountReply)
    def get(self, request: Request, topic_id: UUID) -> Response:
        """The poll of a topic, and for a ranked one every round of its count."""
        standing = standing_for(self.viewer, topic_id)
        runoff = runoff_of(standing)
        rounds = [
            {
                "counts": {str(option.pk): votes for option, votes in past.counts.items()},
                "exhausted": past.exhausted,
                "out": str(past.out.pk) if past.out else None,
            }
            for past in (runoff.rounds if runoff else ())
        ]
        winner = str(runoff.winner.pk) if runoff and runoff.winner else None
        counted = {"method": METHODS[PollKind(standing.poll.kind)], "rounds": rounds, "winner": winner}
        return Response({**PollReply(standing).data, **counted})


class Votes(Endpoint):
    access = {"GET": PUBLIC, "PUT": scope("write"), "DELETE": scope("write")}
    paged = True

    @extend_schema(operation_id="polls_voters", responses=page_of(VoterReply))
    def get(self, request: Request, topic_id: UUID) -> Response:
        """Who voted for what; 403 where the poll is secret."""
        ballots = voters_of(standing_for(self.viewer, topic_id), self.viewer)
        return self.page(ballots, order=("id",), reply=VoterReply)

    @extend_schema(operation_id="polls_vote", request=VoteBody, responses=PollReply)
    def put(self, request: Request, topic_id: UUID) -> Response:
        """Vote, or change your vote until the poll closes."""
        cast_ballot(by=request.user, topic_id=topic_id, **self.body(VoteBody))
        return self.reply(PollReply, standing_for(request.user, topic_id))

    @extend_schema(operation_id="polls_withdraw", responses={204: None})
    def delete(self, request: Request, topic_id: UUID) -> Response:
        """Take your vote back."""
        withdraw_ballot(by=request.user, topic_id=topic_id)
        return gone()


class Closing(Endpoint):
    access = {"POST": scope("write")}

    @extend_schema(operation_id="polls_close", request=None, responses={201: PollReply})
    def post(self, request: Request, topic_id: UUID) -> Response:
        """Close the poll now: its author and moderators of the board."""
        close_poll(by=request.user, topic_id=topic_id)
        return self.reply(PollReply, standing_for(request.user, topic_id), code=201)


urlpatterns = [
    path("topics/<uuid:topic_id>/poll/", PollOne.as_view()),
    path("topics/<uuid:topic_id>/poll/votes/", Votes.as_view()),
    path("topics/<uuid:topic_id>/poll/closing/", Closing.as_view()),
]
