"""REST: flags, the queue, sanctions, the log."""

import uuid

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.problems import NotThere
from community.foundation.rest import OPERATE, PUBLIC, Body, Endpoint, page_of, scope
from community.members.models import Member
from community.moderation import deciding, flagging, queue, sanctioning
from community.moderation.models import Case, Entry, Sanction
from community.moderation.serializers import (
    CaseReply,
    DecisionBody,
    DecisionReply,
    EntryReply,
    FlagBody,
    FlagReply,
    SanctionBody,
    SanctionReply,
)


def _moderates(member: object) -> bool:
    return bool(member.moderates_somewhere)  # type: ignore[attr-defined]


class PostFlags(Endpoint):
    """Flag a post."""

    access = {"POST": scope("write")}

    @extend_schema(operation_id="post_flags_create", request=FlagBody, responses={201: FlagReply})
    def post(self, request: Request, post_id: uuid.UUID) -> Response:
        flag = flagging.flag(by=request.user, kind="post", target_id=post_id, **self.body(FlagBody))
        return self.reply(FlagReply, flag, code=201)


class ReviewFlags(Endpoint):
    """Flag a review."""

    access = {"POST": scope("write")}

    @extend_schema(operation_id="review_flags_create", request=FlagBody, responses={201: FlagReply})
    def post(self, request: Request, review_id: uuid.UUID) -> Response:
        flag = flagging.flag(by=request.user, kind="review", target_id=review_id, **self.body(FlagBody))
        return self.reply(FlagReply, flag, code=201)


class QueueFilters(Body):
    """Open cases unless decided ones are asked for."""

    state = serializers.ChoiceField(choices=Case.State.choices, required=False)


class Queue(Endpoint):
    """What was flagged on the boards that the one who asks moderates; operators see all."""

    access = {"GET": scope("read", _moderates)}
    filters = QueueFilters
    paged = True

    @extend_schema(operation_id="moderation_queue_list", parameters=[QueueFilters], responses=page_of(CaseReply))
    def get(self, request: Request) -> Response:
        state = self.query.get("state", Case.State.OPEN)
        order = ("-decided_at", "-id") if state == Case.State.DECIDED else ("opened_at", "id")
        return self.page(queue.cases_for(request.user, state=state), order=order, reply=CaseReply)


class CaseDecision(Endpoint):
    """Decide a case; the author reads the reason and may answer."""

    access = {"POST": scope("write", _moderates)}

    @extend_schema(operation_id="moderation_queue_decide", request=DecisionBody, responses={201: DecisionReply})
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        decision = deciding.decide(by=request.user, case_id=case_id, **self.body(DecisionBody))
        return self.reply(DecisionReply, decision, code=201)


class Sanctions(Endpoint):
    """Warnings, silences and suspensions: operators see all and give them, members see their own."""

    access = {"GET": scope("read"), "POST": OPERATE}
    paged = True

    @extend_schema(operation_id="moderation_sanctions_list", responses=page_of(SanctionReply))
    def get(self, request: Request) -> Response:
        rows = Sanction.objects.visible_to(request.user).select_related("member")
        return self.page(rows, order=("-id",), reply=SanctionReply)

    @extend_schema(operation_id="moderation_sanctions_create", request=SanctionBody, responses={201: SanctionReply})
    def post(self, request: Request) -> Response:
        body = self.body(SanctionBody)
        member = Member.objects.visible_to(request.user).named(body.pop("member")).first()
        if member is None:
            raise NotThere
        return self.reply(SanctionReply, sanctioning.sanction(by=request.user, member=member, **body), code=201)


class Log(Endpoint):
    """The public moderation log: what was done, where and why, never to whom."""

    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="moderation_log_list", responses=page_of(EntryReply))
    def get(self, request: Request) -> Response:
        rows = Entry.objects.visible_to(self.viewer).select_related("by", "board")
        return self.page(rows, order=("-at", "-id"), reply=EntryReply)


urlpatterns = [
    path("posts/<uuid:post_id>/flags/", PostFlags.as_view()),
    path("reviews/<uuid:review_id>/flags/", ReviewFlags.as_view()),
    path("moderation/queue/", Queue.as_view()),
    path("moderation/queue/<uuid:case_id>/decision/", CaseDecision.as_view()),
    path("moderation/sanctions/", Sanctions.as_view()),
    path("moderation/log/", Log.as_view()),
]
