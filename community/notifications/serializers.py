"""Notices and settings over REST."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.notifications.listing import Shown
from community.notifications.models.wishes import Channel, Rhythm


class NoticeReply(serializers.Serializer):
    """One notice."""

    id = serializers.CharField(source="notice.pk")
    kind = serializers.CharField(source="notice.kind")
    text = serializers.CharField(help_text="The notice in words, in the reader's language.")
    target_kind = serializers.CharField(source="notice.target_kind")
    target_id = serializers.CharField(source="notice.target_id")
    url = serializers.CharField()
    by = serializers.SerializerMethodField(help_text="User name of who acted last.")
    count = serializers.IntegerField(source="notice.count")
    people = serializers.IntegerField(source="notice.people")
    at = serializers.DateTimeField(source="notice.at")
    read_at = serializers.DateTimeField(source="notice.read_at", allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, shown: Shown) -> str | None:
        return shown.notice.by.username if shown.notice.by else None


class ReadBody(Body):
    """Which notices to mark read."""

    notifications = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=100, help_text="Left out: all of them."
    )


class ReadReply(serializers.Serializer):
    """How many were unread before."""

    read = serializers.IntegerField()


class SettingsReply(serializers.Serializer):
    """All switches by kind and channel, quiet hours and the rhythm of the digest."""

    switches = serializers.DictField(child=serializers.DictField(child=serializers.BooleanField()))
    quiet_from = serializers.TimeField(allow_null=True, format="%H:%M")
    quiet_until = serializers.TimeField(allow_null=True, format="%H:%M")
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)


class SettingsBody(Body):
    """The switches to change; kinds and channels that are left out stay as they are."""

    switches = serializers.DictField(
        child=serializers.DictField(child=serializers.BooleanField()),
        required=False,
        help_text="Kind to channel to on or off; channels: " + ", ".join(Channel.values) + ".",
    )
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_until = serializers.TimeField(allow_null=True)
    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
