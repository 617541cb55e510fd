"""REST: members/, tokens/, teams/."""

import uuid
from typing import Any

from django.http import FileResponse
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, OpenApiTypes, extend_schema
from rest_framework.response import Response

from community.foundation.problems import NotThere
from community.foundation.rest import PUBLIC, Endpoint, gone, own_hands, page_of, scope
from community.members import exporting, following, ignoring, leaving, profiling, tokens
from community.members import serializers as s
from community.members.downloads import archive_response
from community.members.models import DataExport, PersonalToken, Team
from community.members.requests import MemberApiRequest
from community.members.seeing import team_with_members, visible_member


class Me(Endpoint):
    access = {"GET": scope("read"), "PATCH": scope("write")}

    @extend_schema(operation_id="members_me", responses=s.MeReply)
    def get(self, request: MemberApiRequest) -> Response:
        return self.reply(s.MeReply, request.user)

    @extend_schema(operation_id="members_me_change", request=s.MeBody, responses=s.MeReply)
    def patch(self, request: MemberApiRequest) -> Response:
        member = profiling.change_profile(by=request.user, **self.body(s.MeBody))
        return self.reply(s.MeReply, member)


class MemberDetail(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="members_read", responses=s.MemberDetailReply)
    def get(self, request: MemberApiRequest, username: str) -> Response:
        return self.reply(s.MemberDetailReply, visible_member(self.viewer, username))


class Follow(Endpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="members_follow", request=None, responses=s.MemberDetailReply)
    def put(self, request: MemberApiRequest, username: str) -> Response:
        member = visible_member(request.user, username)
        following.follow(by=request.user, member=member)
        return self.reply(s.MemberDetailReply, visible_member(request.user, username))

    @extend_schema(operation_id="members_unfollow", responses={204: None})
    def delete(self, request: MemberApiRequest, username: str) -> Response:
        following.unfollow(by=request.user, member=visible_member(request.user, username))
        return gone()


class Ignore(Endpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="members_ignore", request=None, responses=s.MemberDetailReply)
    def put(self, request: MemberApiRequest, username: str) -> Response:
        member = visible_member(request.user, username)
        ignoring.ignore(by=request.user, member=member)
        return self.reply(s.MemberDetailReply, visible_member(request.user, username))

    @extend_schema(operation_id="members_unignore", responses={204: None})
    def delete(self, request: MemberApiRequest, username: str) -> Response:
        ignoring.unignore(by=request.user, member=visible_member(request.user, username))
        return gone()


class Exports(Endpoint):
    access = {"GET": own_hands("read"), "POST": own_hands("write")}
    paged = True

    @extend_schema(operation_id="members_me_exports", responses=page_of(s.ExportReply))
    def get(self, request: MemberApiRequest) -> Response:
        return self.page(DataExport.objects.filter(member=request.user), order=("-asked_at",), reply=s.ExportReply)

    @extend_schema(operation_id="members_me_export", request=None, responses={202: s.ExportReply})
    def post(self, request: MemberApiRequest) -> Response:
        return self.reply(s.ExportReply, exporting.ask_for_export(by=request.user), code=202)


class ExportDetail(Endpoint):
    access = {"GET": own_hands("read")}

    @extend_schema(operation_id="members_me_export_read", responses=s.ExportReply)
    def get(self, request: MemberApiRequest, export_id: uuid.UUID) -> Response:
        row = DataExport.objects.filter(member=request.user, pk=export_id).first()
        if row is None:
            raise NotThere
        return self.reply(s.ExportReply, row)


class ExportFile(Endpoint):
    access = {"GET": own_hands("read")}

    @extend_schema(
        operation_id="members_me_export_file",
        responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
    def get(self, request: MemberApiRequest, export_id: uuid.UUID) -> FileResponse:
        row = exporting.readable(by=request.user, export_id=export_id)
        return archive_response(row)


class Erasure(Endpoint):
    access = {"POST": own_hands("write")}

    @extend_schema(operation_id="members_me_erasure", request=s.ErasureBody, responses={202: s.ErasureReply})
    def post(self, request: MemberApiRequest) -> Response:
        body = self.body(s.ErasureBody)
        if body.get("username", request.user.username) != request.user.username:
            raise NotThere
        if not hasattr(request.auth, "scope"):
            leaving.require_password(member=request.user, password=body.get("password", ""))
        return self.reply(s.ErasureReply, leaving.ask_for_erasure(by=request.user), code=202)


class Tokens(Endpoint):
    access = {"GET": scope("read"), "POST": own_hands("write")}
    paged = True

    @extend_schema(operation_id="tokens_list", responses=page_of(s.TokenReply))
    def get(self, request: MemberApiRequest) -> Response:
        rows = PersonalToken.objects.filter(member=request.user).select_related("access_token")
        return self.page(rows, order=("-created_at",), reply=s.TokenReply)

    @extend_schema(operation_id="tokens_create", request=s.TokenBody, responses={201: s.NewTokenReply})
    def post(self, request: MemberApiRequest) -> Response:
        body = self.body(s.TokenBody)
        tokens.refuse_widening(request.auth, body["scopes"])
        made = tokens.create_token(by=request.user, **body)
        made.personal.secret = made.secret  # type: ignore[attr-defined]
        return self.reply(s.NewTokenReply, made.personal, code=201)

    def to_store(self, data: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the reply for repeats: not the secret."""
        return {**data, "token": None}


class TokenDetail(Endpoint):
    access = {"DELETE": own_hands("write")}

    @extend_schema(operation_id="tokens_delete", responses={204: None})
    def delete(self, request: MemberApiRequest, token_id: uuid.UUID) -> Response:
        tokens.delete_token(by=request.user, token_id=token_id)
        return gone()


class Teams(Endpoint):
    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="teams_list", responses=page_of(s.TeamReply))
    def get(self, request: MemberApiRequest) -> Response:
        return self.page(Team.objects.visible_to(self.viewer), order=("name",), reply=s.TeamReply)


class TeamDetail(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="teams_read", responses=s.TeamDetailReply)
    def get(self, request: MemberApiRequest, team_slug: str) -> Response:
        return self.reply(s.TeamDetailReply, team_with_members(self.viewer, team_slug))


urlpatterns = [
    path("members/me/", Me.as_view()),
    path("members/me/export/", Exports.as_view()),
    path("members/me/export/<uuid:export_id>/", ExportDetail.as_view()),
    path("members/me/export/<uuid:export_id>/file/", ExportFile.as_view()),
    path("members/me/erasure/", Erasure.as_view()),
    path("members/<str:username>/", MemberDetail.as_view()),
    path("members/<str:username>/follow/", Follow.as_view()),
    path("members/<str:username>/ignore/", Ignore.as_view()),
    path("tokens/", Tokens.as_view()),
    path("tokens/<uuid:token_id>/", TokenDetail.as_view()),
    path("teams/", Teams.as_view()),
    path("teams/<str:team_slug>/", TeamDetail.as_view()),
]
