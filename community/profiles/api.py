"""REST: members/me/knowledge/ and members/me/consents/."""

from django.db import transaction
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from community.foundation.problems import NotThere
from community.foundation.rest import Endpoint, gone, own_hands, scope
from community.members.models import Member
from community.members.requests import MemberApiRequest
from community.profiles import answering, consenting, fields
from community.profiles import serializers as s
from community.profiles.models import Answer


class Knowledge(Endpoint):
    access = {"GET": scope("read"), "PATCH": scope("write")}

    @extend_schema(operation_id="members_me_knowledge", responses=s.KnowledgeListReply)
    def get(self, request: MemberApiRequest) -> Response:
        return self._reply(request.user)

    @extend_schema(operation_id="members_me_knowledge_change", request=s.AnswersBody, responses=s.KnowledgeListReply)
    def patch(self, request: MemberApiRequest) -> Response:
        body = self.body(s.AnswersBody)
        with transaction.atomic():
            for name, value in body.get("answers", {}).items():
                if value is None:
                    answering.take_back(by=request.user, field=name)
                else:
                    answering.answer(by=request.user, field=name, value=value)
            for name, visibility in body.get("visibility", {}).items():
                answering.show_to(by=request.user, field=name, visibility=visibility)
        return self._reply(request.user)

    def _reply(self, member: Member) -> Response:
        return self.reply(s.KnowledgeListReply, s.knowledge(list(Answer.objects.filter(member=member))))


class KnowledgeItem(Endpoint):
    access = {"DELETE": scope("write")}

    @extend_schema(operation_id="members_me_knowledge_forget", responses={204: None})
    def delete(self, request: MemberApiRequest, field_name: str) -> Response:
        if field_name not in fields.BY_NAME:
            raise NotThere
        answering.take_back(by=request.user, field=field_name)
        return gone()


class Consents(Endpoint):
    access = {"GET": scope("read"), "PUT": own_hands("write")}

    @extend_schema(operation_id="members_me_consents", responses=s.ConsentListReply)
    def get(self, request: MemberApiRequest) -> Response:
        return self._reply(request.user)

    @extend_schema(operation_id="members_me_consents_decide", request=s.ConsentsBody, responses=s.ConsentListReply)
    def put(self, request: MemberApiRequest) -> Response:
        consenting.decide(by=request.user, decisions=self.body(s.ConsentsBody))
        return self._reply(request.user)

    def _reply(self, member: Member) -> Response:
        whole = {"next": None, "previous": None, "results": consenting.state_of(member)}
        return self.reply(s.ConsentListReply, whole)


urlpatterns = [
    path("members/me/knowledge/", Knowledge.as_view()),
    path("members/me/knowledge/<str:field_name>/", KnowledgeItem.as_view()),
    path("members/me/consents/", Consents.as_view()),
]
