"""Voluntary answers and consents as clients see them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.profiles.fields import FIELDS
from community.profiles.models import Answer, Consent

VISIBILITIES = [name for name, _label in Answer.VISIBILITIES]


class LabelReply(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class KnowledgeReply(serializers.Serializer):
    """One voluntary field: its question, what it is for, and what the member told (null: nothing)."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    purpose = serializers.CharField()
    kind = serializers.ChoiceField(choices=["choice", "choices", "date", "words", "dates", "sizes"])
    choices = LabelReply(many=True)
    value = serializers.JSONField(allow_null=True, help_text="A string, a list, an object or null, by `kind`.")
    visibility = serializers.ChoiceField(choices=VISIBILITIES)
    answered_at = serializers.DateTimeField(allow_null=True)


class KnowledgeListReply(serializers.Serializer):
    """All fields; the list is short and never paged."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = KnowledgeReply(many=True)


class AnswersBody(Body):
    """New answers by field name; null takes one back. `visibility` by field name: me, members or everyone."""

    answers = serializers.DictField(child=serializers.JSONField(allow_null=True), required=False)
    visibility = serializers.DictField(child=serializers.ChoiceField(choices=VISIBILITIES), required=False)


def knowledge(rows: list[Answer]) -> dict[str, Any]:
    """Every field with the member's answer, as KnowledgeListReply."""
    known = {row.field: row for row in rows}
    results = []
    for field in FIELDS:
        row = known.get(field.name)
        results.append(
            {
                "name": field.name,
                "label": field.label,
                "purpose": field.purpose,
                "kind": field.kind,
                "choices": [{"value": value, "label": label} for value, label in field.choices],
                "value": row.value if row else None,
                "visibility": row.visibility if row else Answer.ME,
                "answered_at": row.answered_at if row else None,
            }
        )
    return {"next": None, "previous": None, "results": results}


class ConsentHistoryReply(serializers.ModelSerializer):
    class Meta:
        model = Consent
        fields = ("granted", "wording", "at")


class ConsentReply(serializers.Serializer):
    """One purpose: whether consent holds, since when, and every decision there was, newest first."""

    purpose = serializers.ChoiceField(choices=[name for name, _label in Consent.PURPOSES])
    label = serializers.CharField()  # type: ignore[assignment]
    granted = serializers.BooleanField()
    at = serializers.SerializerMethodField()
    history = ConsentHistoryReply(many=True)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_at(self, decision: Any) -> Any:
        return serializers.DateTimeField().to_representation(decision.held.at) if decision.held else None


class ConsentListReply(serializers.Serializer):
    """All purposes; the list is short and never paged."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ConsentReply(many=True)


class ConsentsBody(Body):
    """Decisions by purpose; purposes left out stay as they are."""

    marketing_mail = serializers.BooleanField(required=False)
    night_mail = serializers.BooleanField(required=False)
    push = serializers.BooleanField(required=False)
    profiling = serializers.BooleanField(required=False)
