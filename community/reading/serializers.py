"""What REST takes and gives of reading."""

from rest_framework import serializers

from community.foundation.rest import Body
from community.reading.models import NOTE_LENGTH, Level


class LevelBody(Body):
    level = serializers.ChoiceField(Level.choices)


class LevelReply(serializers.Serializer):
    level = serializers.ChoiceField(Level.choices)


class ReadUntilBody(Body):
    post_number = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ReadUntilReply(serializers.Serializer):
    post_number = serializers.IntegerField()


class BookmarkBody(Body):
    note = serializers.CharField(max_length=NOTE_LENGTH, allow_blank=True, required=False, default="")
    remind_at = serializers.DateTimeField(allow_null=True, required=False, default=None)


class BookmarkReply(serializers.Serializer):
    """`kind` and `target` name what is kept; title and url are null once it is no longer open to the member."""

    id = serializers.CharField(source="bookmark.id")
    kind = serializers.CharField(source="bookmark.target_kind")
    target = serializers.CharField(source="bookmark.target_id")
    title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    note = serializers.CharField(source="bookmark.note")
    remind_at = serializers.DateTimeField(source="bookmark.remind_at", allow_null=True)
    created_at = serializers.DateTimeField(source="bookmark.created_at")

    def get_title(self, kept) -> str | None:
        return kept.title or None

    def get_url(self, kept) -> str | None:
        return kept.url or None
