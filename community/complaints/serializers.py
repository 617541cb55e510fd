from rest_framework import serializers

from community.complaints import conf
from community.foundation.rest import Body


class StatusBody(Body):
    """How an idea or a complaint stands, in the name of a team."""

    status = serializers.CharField(
        max_length=20,
        help_text="Idea: open, considering, planned, working, shipped, declined. Complaint: working, answered.",
    )
    answer = serializers.CharField(max_length=conf.ANSWER_LENGTH, allow_blank=True, required=False, default="")
    team = serializers.SlugField(required=False, allow_null=True, allow_unicode=True)


class StatusReply(serializers.Serializer):
    """What was said, by whom."""

    id = serializers.CharField()
    status = serializers.CharField()
    answer = serializers.CharField()
    team = serializers.CharField(allow_null=True)


class OutcomeBody(Body):
    confirmed = serializers.BooleanField()
    why = serializers.CharField(max_length=2000, allow_blank=True, required=False, default="")


class ComplaintReply(serializers.Serializer):
    """A complaint. Statuses: open, working, answered, confirmed, reopened; `due_at` is null unless the clock runs."""

    id = serializers.CharField(source="complaint.pk")
    team = serializers.CharField(source="values.team")
    status = serializers.CharField(source="values.status")
    due_at = serializers.DateTimeField(source="values.due_at", allow_null=True)
    late = serializers.BooleanField(source="values.late")
    responded_at = serializers.DateTimeField(source="values.responded_at", allow_null=True)
    settled_at = serializers.DateTimeField(source="values.settled_at", allow_null=True)
    times_reopened = serializers.IntegerField(source="values.times_reopened")
