"""What REST takes and gives of ways of payment."""

from typing import Any

from rest_framework import serializers

from commerce.payments.models import KeptMethod
from commerce.payments.providers import Way
from community.foundation.rest import Body


class KeptMethodReply(serializers.ModelSerializer):
    """A card that a payment service keeps. `method` is what checkout takes as `payment_method`."""

    method = serializers.SerializerMethodField(help_text="`payment_method` of the checkout.")
    brand = serializers.SerializerMethodField()
    last4 = serializers.SerializerMethodField()
    expires = serializers.SerializerMethodField(help_text="MM/YYYY")

    class Meta:
        model = KeptMethod
        fields = ("id", "provider", "method", "brand", "last4", "expires", "used_at")

    def get_method(self, card: KeptMethod) -> str:
        return f"{card.provider}:{card.pk}"

    def get_brand(self, card: KeptMethod) -> str | None:
        return card.brand or None

    def get_last4(self, card: KeptMethod) -> str | None:
        return card.last4 or None

    def get_expires(self, card: KeptMethod) -> str | None:
        return card.expires or None


class KeepBody(Body):
    """Which payment service is to keep a card."""

    provider = serializers.CharField(max_length=20)


class KeepReply(serializers.Serializer):
    """Where the member gives the card: at the payment service itself."""

    action_url = serializers.CharField()


class PaymentWayReply(serializers.Serializer):
    """A way of payment; `id` is what checkout takes as `payment_method`."""

    id = serializers.CharField(source="method")
    title = serializers.CharField()
    hint = serializers.SerializerMethodField()
    kept = serializers.SerializerMethodField(help_text="Whether it is a card that is kept for you.")

    def get_hint(self, way: Way) -> str | None:
        return str(way.hint) or None

    def get_kept(self, way: Way) -> bool:
        return way.kept is not None


class WaysReply(serializers.Serializer):
    """All of them on one page."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = PaymentWayReply(many=True)


def all_ways(ways: list[Way]) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": ways}
