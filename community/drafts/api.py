"""REST: drafts of one's own."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from community.boards.endpoints.requests import MemberCall
from community.drafts import keeping
from community.drafts.models import BODY_LENGTH, KEY_LENGTH, TITLE_LENGTH, Draft
from community.foundation.rest import Body, Endpoint, gone, page_of, scope


class DraftBody(Body):
    key = serializers.CharField(
        max_length=KEY_LENGTH, help_text="topic:<board slug>, post:<topic id> or edit:<post id>."
    )
    sequence = serializers.IntegerField(min_value=1, help_text="Higher than the one kept; an older one is 409.")
    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True, required=False, default="")
    body = serializers.CharField(max_length=BODY_LENGTH, allow_blank=True, trim_whitespace=False)


class DraftReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    key = serializers.CharField()
    sequence = serializers.IntegerField()
    title = serializers.CharField()
    body = serializers.CharField()
    updated_at = serializers.DateTimeField()


class DraftFilters(Body):
    key = serializers.CharField(required=False)


class DraftList(Endpoint):
    access = {"GET": scope("read"), "PUT": scope("write"), "DELETE": scope("write")}
    filters = DraftFilters
    paged = True

    @extend_schema(operation_id="drafts_list", responses=page_of(DraftReply))
    def get(self, request: MemberCall) -> Response:
        """Your drafts, newest first."""
        rows = Draft.objects.visible_to(request.user).filter(**self.query)
        return self.page(rows, order=("-updated_at",), reply=DraftReply)

    @extend_schema(operation_id="drafts_keep", request=DraftBody, responses=DraftReply)
    def put(self, request: MemberCall) -> Response:
        """Keep what you are writing; a save that does not know the latest is 409 `draft_conflict`."""
        return self.reply(DraftReply, keeping.keep_draft(by=request.user, **self.body(DraftBody)))

    @extend_schema(
        operation_id="drafts_drop", parameters=[OpenApiParameter("key", str, required=True)], responses={204: None}
    )
    def delete(self, request: MemberCall) -> Response:
        """Forget the draft of a place."""
        keeping.drop_draft(by=request.user, key=request.query_params.get("key", "")[:KEY_LENGTH].replace("\0", ""))
        return gone()


urlpatterns = [path("drafts/", DraftList.as_view())]
