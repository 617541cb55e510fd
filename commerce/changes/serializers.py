"""Changes of products over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.changes.conf import MOST_SOURCES
from commerce.changes.models import TEXT_LENGTH, TITLE_LENGTH, SourceKind
from commerce.changes.scoring import ENOUGH, Side
from community.foundation.rest import Body

KINDS = {
    "idea": SourceKind.TOPIC,
    "complaint": SourceKind.TOPIC,
    "topic": SourceKind.TOPIC,
    "review": SourceKind.REVIEW,
}
KIND_NAMES = [(name, name) for name in KINDS]


class CauseBody(Body):
    kind = serializers.ChoiceField(choices=KIND_NAMES, help_text="An idea or a complaint may be called a topic too.")
    id = serializers.UUIDField()

    def to_internal_value(self, data: Any) -> Any:
        """As the act takes it."""
        said = super().to_internal_value(data)
        return str(KINDS[said["kind"]]), said["id"]


class ChangeChanges(Body):
    title = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    body = serializers.CharField(max_length=TEXT_LENGTH, required=False, help_text="Markdown, for everyone to read.")
    changed_on = serializers.DateField(required=False, help_text="From when on it is different. Left out: today.")
    sources = CauseBody(
        many=True,
        required=False,
        max_length=MOST_SOURCES,
        help_text="Ideas, complaints and reviews that caused it: of customers, about what the vendor answers for.",
    )  # type: ignore[call-arg]


class ChangeBody(ChangeChanges):
    title = serializers.CharField(max_length=TITLE_LENGTH)
    body = serializers.CharField(max_length=TEXT_LENGTH, help_text="Markdown, for everyone to read.")


class CreditReply(serializers.Serializer):
    """Words behind a change that you may see; `author` is null for who is no member (any more)."""

    kind = serializers.ChoiceField(choices=KIND_NAMES)
    id = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    author = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, credit: Any) -> str | None:
        return credit.author.username if credit.author is not None else None


class SideReply(serializers.Serializer):
    """Ratings on one side of the day: `score` by the subject's formula, null where there are fewer than `enough`."""

    count = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    score = serializers.FloatField(allow_null=True)
    enough = serializers.SerializerMethodField(help_text="How many ratings a score here needs.")

    def get_enough(self, side: Side) -> int:
        return ENOUGH


class ChangeReply(serializers.Serializer):
    """Takes a Told."""

    id = serializers.CharField(source="change.pk")
    product = serializers.CharField(source="change.product.slug")
    title = serializers.CharField(source="change.title")
    body = serializers.CharField(source="change.source")
    html = serializers.CharField(source="change.html")
    changed_on = serializers.DateField(source="change.changed_on")
    sources = CreditReply(source="credits", many=True)
    score_before = SideReply(source="effect.before")
    score_since = SideReply(source="effect.since")
    url = serializers.CharField(source="change.get_absolute_url")
    published_at = serializers.DateTimeField(source="change.published_at")
    edited_at = serializers.DateTimeField(source="change.edited_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="change.withdrawn_at", allow_null=True)
