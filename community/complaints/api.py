from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.boards.models import Topic
from community.complaints.models import Complaint
from community.complaints.opening import team_named
from community.complaints.responding import respond
from community.complaints.serializers import ComplaintReply, OutcomeBody, StatusBody, StatusReply
from community.complaints.settling import settle
from community.complaints.showing import complaint_of
from community.foundation.rest import Endpoint, scope
from community.ideas.answering import answer_idea


class TopicStatus(Endpoint):
    """Ideas and complaints share this address; here, where both are known, it is told which of them is meant."""

    access = {"PUT": scope("write")}

    @extend_schema(operation_id="topics_status", request=StatusBody, responses=StatusReply)
    def put(self, request: Request, topic_id: UUID) -> Response:
        """Answer an idea or a complaint in the name of a team."""
        body = self.body(StatusBody)
        topic = Topic.objects.get_visible(request.user, topic_id)
        said = {"by": request.user, "topic_id": topic_id, "status": body["status"], "answer": body["answer"]}
        team: str | None
        if Complaint.objects.filter(topic=topic).exists():
            complaint = respond(**said)
            team, status = complaint.team.slug, complaint.status
        else:
            answer = answer_idea(team=team_named(body), **said)
            team, status = answer.team.slug if answer.team else None, answer.status
        reply = {"id": str(topic.pk), "status": status, "answer": body["answer"], "team": team}
        return self.reply(StatusReply, reply)


class Outcome(Endpoint):
    access = {"PUT": scope("write")}

    @extend_schema(operation_id="complaints_outcome", request=OutcomeBody, responses=ComplaintReply)
    def put(self, request: Request, topic_id: UUID) -> Response:
        """Confirm that the answer settles your complaint, or reopen it."""
        settle(by=request.user, topic_id=topic_id, **self.body(OutcomeBody))
        topic = Topic.objects.get_visible(request.user, topic_id)
        return self.reply(ComplaintReply, complaint_of(topic, request.user))


urlpatterns = [
    path("topics/<uuid:topic_id>/status/", TopicStatus.as_view()),
    path("topics/<uuid:topic_id>/outcome/", Outcome.as_view()),
]
