"""What REST takes and gives of search."""

from rest_framework import serializers

from community.foundation.analyser import QUERY_CHARACTERS
from community.foundation.rest import Body


class SearchFilters(Body):
    q = serializers.CharField(allow_blank=True, required=False, default="", trim_whitespace=False)
    kind = serializers.CharField(required=False, default="", help_text="Kinds, with commas between them.")


class ResultReply(serializers.Serializer):
    """`marks` are [start, end] of what was looked for, in characters of `snippet`."""

    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    snippet = serializers.CharField(source="snippet.text")
    marks = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), source="snippet.marks")
    url = serializers.CharField()


class SuggestionFilters(Body):
    q = serializers.CharField(allow_blank=True, required=False, default="", max_length=QUERY_CHARACTERS)


class SuggestionReply(serializers.Serializer):
    kind = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()


class ClickBody(Body):
    search = serializers.UUIDField()
    kind = serializers.CharField(max_length=20)
    id = serializers.UUIDField()
    place = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=9999)


class ClickReply(serializers.Serializer):
    id = serializers.CharField()
