"""What REST gives of points."""

from rest_framework import serializers

from commerce.points.showing import Movement


class MovementReply(serializers.Serializer):
    """One movement in words; `title` and `url` name what it was for, null if there is nothing or it is not open to you."""

    id = serializers.CharField(source="entry.id")
    amount = serializers.IntegerField(source="entry.amount")
    kind = serializers.CharField(source="entry.transaction.kind")
    words = serializers.CharField()
    title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    at = serializers.DateTimeField(source="entry.transaction.at")

    def get_title(self, movement: Movement) -> str | None:
        return movement.title or None

    def get_url(self, movement: Movement) -> str | None:
        return movement.url or None


class NextExpiryReply(serializers.Serializer):
    points = serializers.IntegerField(source="next_points")
    at = serializers.DateTimeField(source="next_at")


class PointsReply(serializers.Serializer):
    """Whole points; one is worth one whole unit of the currency. `balance` can be spent now."""

    balance = serializers.IntegerField(source="held.available")
    pending = serializers.IntegerField(source="held.pending")
    debt = serializers.IntegerField(source="held.debt")
    expires_next = NextExpiryReply(allow_null=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    entries = MovementReply(many=True)
