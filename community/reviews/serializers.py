"""Reviews over REST. Bodies name what a member may say; nothing else can be set through them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.reviews import ordering
from community.reviews.models import LONGEST, MOST_PHOTOS, Incentive, Review
from community.reviews.replying import LONGEST_REPLY
from community.subjects.serializers import SubjectReply


class ScoreField(serializers.IntegerField):
    """A whole number from 1 to 5; true, 4.0 and "4" are none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=5, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class ReviewFilters(Body):
    verified = serializers.BooleanField(required=False, allow_null=True, default=None)
    rating = serializers.IntegerField(required=False, min_value=1, max_value=5)
    order = serializers.ChoiceField(required=False, choices=list(ordering.ORDERS), default="helpful")


class ReviewBody(Body):
    rating = ScoreField()
    body = serializers.CharField(
        max_length=LONGEST, allow_blank=True, required=False, default="", help_text="Markdown; empty: a rating alone."
    )
    aspects = serializers.DictField(child=ScoreField(), required=False, help_text="Scores by aspect of the category.")
    photos = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_PHOTOS, help_text="Ids of your own uploads."
    )


class ReviewChanges(Body):
    rating = ScoreField(required=False)
    body = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
    aspects = serializers.DictField(child=ScoreField(), required=False)
    photos = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MOST_PHOTOS)


class RatingBody(Body):
    score = ScoreField()


class HelpfulBody(Body):
    helpful = serializers.BooleanField()


class ReplyBody(Body):
    body = serializers.CharField(max_length=LONGEST_REPLY)
    team = serializers.CharField(max_length=60, required=False, help_text="Left out: your first team that may answer.")


class PhotoReply(serializers.Serializer):
    id = serializers.CharField(source="upload_id")
    url = serializers.CharField(source="upload.get_absolute_url")
    alt = serializers.CharField(source="upload.alt")


class TeamAnswerReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    team = serializers.CharField(source="team.slug")
    body = serializers.CharField(source="source")
    html = serializers.CharField()
    published_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)


class ReviewReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    subject = serializers.CharField(source="subject.slug")
    author = serializers.SerializerMethodField()
    author_name = serializers.CharField(source="shown_author", help_text="As shown; of imported ones, as masked there.")
    rating = serializers.IntegerField()
    body = serializers.CharField(source="source")
    html = serializers.CharField()
    aspects = serializers.SerializerMethodField()
    photos = PhotoReply(source="photos.all", many=True)
    verified = serializers.BooleanField(help_text="Set by the site from a purchase; no client can.")
    incentive = serializers.SerializerMethodField()
    incentive_note = serializers.CharField()
    helpful_count = serializers.IntegerField()
    unhelpful_count = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    replies = TeamAnswerReply(source="replies.all", many=True)
    url = serializers.CharField(source="get_absolute_url")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, review: Review) -> str | None:
        return review.author.username if review.author else None

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_aspects(self, review: Review) -> dict[str, int]:
        return {one.aspect.slug: one.score for one in review.aspect_ratings.all()}

    @extend_schema_field(
        serializers.ChoiceField(choices=[value for value in Incentive.values if value], allow_null=True)
    )
    def get_incentive(self, review: Review) -> str | None:
        return review.incentive or None


class ReviewRevisionReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    number = serializers.IntegerField()
    rating = serializers.IntegerField()
    body = serializers.CharField(source="source")
    written_at = serializers.DateTimeField()


class RelatedReply(serializers.Serializer):
    id = serializers.CharField(source="subject.pk")
    subject = SubjectReply()
    liked_by = serializers.IntegerField(source="number", help_text="Of those asked, how many liked this one too.")
    asked = serializers.IntegerField(help_text="People who liked the subject in question.")
