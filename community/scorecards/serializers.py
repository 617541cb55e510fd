"""Score cards and ranked lists over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.reviews.serializers import ScoreField
from community.scorecards.models import MOST_IN_A_LIST, MOST_ON_A_CARD, RankedList, ScoreCard


class ScoreCardBody(Body):
    title = serializers.CharField(max_length=120)
    subjects = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=MOST_ON_A_CARD, help_text="Addresses."
    )


class ScoreBody(Body):
    subject = serializers.CharField(max_length=80)
    score = ScoreField()


class ScoresBody(Body):
    scores = ScoreBody(many=True, allow_empty=False, max_length=MOST_ON_A_CARD)  # type: ignore[call-arg]


class RankedListFilters(Body):
    owner = serializers.CharField(required=False, max_length=30, help_text="User name.")


class RankedListBody(Body):
    title = serializers.CharField(max_length=120)
    subjects = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=MOST_IN_A_LIST, help_text="Best first."
    )
    introduction = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    notes = serializers.DictField(
        child=serializers.CharField(max_length=280, allow_blank=True), required=False, help_text="Why, by address."
    )
    public = serializers.BooleanField(default=True)


class RankedListChanges(Body):
    title = serializers.CharField(max_length=120, required=False)
    subjects = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=MOST_IN_A_LIST, required=False
    )
    introduction = serializers.CharField(max_length=500, required=False, allow_blank=True)
    notes = serializers.DictField(child=serializers.CharField(max_length=280, allow_blank=True), required=False)
    public = serializers.BooleanField(required=False)


class ScoreCardReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    title = serializers.CharField()
    creator = serializers.CharField(source="creator.username", allow_null=True, default=None)
    subjects = serializers.SerializerMethodField()
    member_count = serializers.IntegerField(help_text="Members who filled it in.")
    created_at = serializers.DateTimeField()
    url = serializers.CharField(source="get_absolute_url")
    qr = serializers.SerializerMethodField(help_text="Address of the code to scan, an SVG.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_subjects(self, card: ScoreCard) -> list[str]:
        return [line.subject.slug for line in card.lines.all()]

    @extend_schema_field(serializers.CharField())
    def get_qr(self, card: ScoreCard) -> str:
        return card.qr_url()


class GivenReply(serializers.Serializer):
    """A score as it stands now."""

    subject = serializers.CharField()
    score = serializers.IntegerField()


class ScoresReply(serializers.Serializer):
    card = serializers.CharField()
    scores = GivenReply(many=True)


class LineReply(serializers.Serializer):
    position = serializers.IntegerField()
    subject = serializers.CharField(source="subject.slug")
    name = serializers.CharField(source="subject.name")
    note = serializers.CharField()


class RankedListReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    title = serializers.CharField()
    introduction = serializers.CharField()
    owner = serializers.CharField(source="owner.username")
    public = serializers.BooleanField()
    subjects = serializers.SerializerMethodField()
    lines = LineReply(source="lines.all", many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    url = serializers.CharField(source="get_absolute_url")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_subjects(self, ranked_list: RankedList) -> list[Any]:
        return [line.subject.slug for line in ranked_list.lines.all()]
