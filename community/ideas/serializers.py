from rest_framework import serializers


class IdeaReply(serializers.Serializer):
    """An idea as you see it. Stages: design, making, delivery, after_service, or empty; statuses: open, considering,
    planned, working, shipped, declined."""

    id = serializers.CharField(source="idea.pk")
    stage = serializers.CharField(source="idea.stage")
    status = serializers.CharField(source="idea.status")
    votes = serializers.IntegerField(source="idea.vote_count")
    voted = serializers.BooleanField()
    answer = serializers.CharField(source="values.answer", allow_null=True)
    answered_by = serializers.CharField(source="values.answered_by", allow_null=True)
    credited_at = serializers.DateTimeField(source="idea.credited_at", allow_null=True)
