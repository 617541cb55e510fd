from rest_framework import serializers

from community.foundation.rest import Body
from community.reactions.models import ReactionKind


class ReactionFilters(Body):
    kind = serializers.ChoiceField(choices=ReactionKind.choices, required=False)


class ReactionReply(serializers.Serializer):
    """One reaction of one member."""

    id = serializers.CharField(source="pk")
    kind = serializers.ChoiceField(choices=ReactionKind.choices)
    member = serializers.CharField(source="member.username")
    created_at = serializers.DateTimeField()


class ReactionsReply(serializers.Serializer):
    """How many reactions of each kind a post has, and which kinds are yours."""

    counts = serializers.DictField(child=serializers.IntegerField())
    mine = serializers.ListField(child=serializers.CharField())
