"""Subjects over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.subjects import finding, scoring
from community.subjects.models import LONGEST_SAMPLE, Category, Subject, SubjectKind


class SubjectFilters(Body):
    q = serializers.CharField(required=False, allow_blank=True, max_length=200)
    category = serializers.CharField(required=False, allow_blank=True, max_length=60)
    kind = serializers.ChoiceField(required=False, choices=SubjectKind.choices)
    order = serializers.ChoiceField(required=False, choices=list(finding.ORDERS))


class CategoryField(serializers.SlugRelatedField):
    """A category by its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", queryset=Category.objects.all(), **kwargs)


class SubjectBody(Body):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=SubjectKind.choices, default=SubjectKind.PRODUCT)
    category = CategoryField(required=False, help_text="Left out: the root category of the kind.")
    summary = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    sample_text = serializers.CharField(max_length=LONGEST_SAMPLE, required=False, allow_blank=True, default="")
    slug = serializers.RegexField(r"^[-\w]{1,80}\Z", required=False)


class SubjectChanges(Body):
    name = serializers.CharField(max_length=200, required=False)
    kind = serializers.ChoiceField(choices=SubjectKind.choices, required=False)
    category = CategoryField(required=False)
    summary = serializers.CharField(max_length=500, required=False, allow_blank=True)
    sample_text = serializers.CharField(max_length=LONGEST_SAMPLE, required=False, allow_blank=True)
    picture = serializers.UUIDField(required=False, help_text="Id of one of your pictures in uploads.")
    sample_sound = serializers.UUIDField(
        required=False, allow_null=True, help_text="Id of one of your sounds in uploads; null takes it away."
    )


class CategoryReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    name = serializers.CharField(source="shown_name")
    parent = serializers.CharField(source="parent.slug", allow_null=True, default=None)  # type: ignore[assignment]
    prior_mean = serializers.FloatField(help_text="What the scores of its subjects lean on (m).")
    prior_count = serializers.IntegerField(help_text="The ratings that this mean rests on.")


class SubjectReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    category = serializers.CharField(source="category.slug")
    summary = serializers.CharField()
    score = serializers.FloatField(source="shown_score", allow_null=True)
    rating_count = serializers.IntegerField()
    review_count = serializers.IntegerField()
    picture = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")
    created_at = serializers.DateTimeField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, subject: Subject) -> str | None:
        return subject.picture.get_absolute_url() if subject.picture else None


class ScoreReply(serializers.Serializer):
    """The formula with its inputs; `subjects/{slug}/ratings.json` has every rating."""

    formula = serializers.CharField()
    C = serializers.IntegerField(source="weight", help_text="How many ratings the category's mean weighs.")
    m = serializers.FloatField(source="prior_mean", help_text="Mean rating in the category.")
    n = serializers.IntegerField(source="count", help_text="Ratings that count.")
    sum = serializers.IntegerField(source="total", help_text="Their sum.")
    mean = serializers.FloatField(source="raw_mean", allow_null=True)
    stars = serializers.DictField(child=serializers.IntegerField(), help_text="How many gave 1, 2, 3, 4, 5.")


class SubjectDetailReply(SubjectReply):
    sample_text = serializers.CharField()
    sample_sound = serializers.SerializerMethodField()
    facts = serializers.DictField(child=serializers.CharField(allow_null=True))
    why = serializers.SerializerMethodField()
    stewards = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_sample_sound(self, subject: Subject) -> str | None:
        return subject.sample_sound.get_absolute_url() if subject.sample_sound else None

    @extend_schema_field(ScoreReply)
    def get_why(self, subject: Subject) -> dict[str, Any]:
        return ScoreReply(scoring.explain(subject)).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_stewards(self, subject: Subject) -> list[str]:
        return sorted(steward.team.slug for steward in subject.stewards.all())
