"""REST: the member's notices and what they want to be told."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.rest import Endpoint, page_of, scope
from community.notifications import listing, preferences
from community.notifications.serializers import NoticeReply, ReadBody, ReadReply, SettingsBody, SettingsReply


class Notifications(Endpoint):
    """The notices of the one who asks, newest first."""

    access = {"GET": scope("read")}
    paged = True

    @extend_schema(operation_id="notifications_list", responses=page_of(NoticeReply))
    def get(self, request: Request) -> Response:
        page = listing.page_of_notices(request.user, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, NoticeReply)


class Read(Endpoint):
    """Mark notices read."""

    access = {"POST": scope("write")}

    @extend_schema(operation_id="notifications_read", request=ReadBody, responses=ReadReply)
    def post(self, request: Request) -> Response:
        read = listing.mark_read(by=request.user, notices=self.body(ReadBody).get("notifications"))
        return self.reply(ReadReply, {"read": read})


class NotificationSettings(Endpoint):
    """What the one who asks wants to be told, by which channel, and when not."""

    access = {"GET": scope("read"), "PUT": scope("write")}

    @extend_schema(operation_id="notifications_settings_get", responses=SettingsReply)
    def get(self, request: Request) -> Response:
        return self.reply(SettingsReply, preferences.settings_of(request.user))

    @extend_schema(operation_id="notifications_settings_put", request=SettingsBody, responses=SettingsReply)
    def put(self, request: Request) -> Response:
        body = {"switches": {}, **self.body(SettingsBody)}
        return self.reply(SettingsReply, preferences.change_settings(by=request.user, **body))


urlpatterns = [
    path("notifications/", Notifications.as_view()),
    path("notifications/read/", Read.as_view()),
    path("notifications/settings/", NotificationSettings.as_view()),
]
