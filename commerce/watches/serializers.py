"""Watches over REST."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from commerce.catalog.serializers import AmountField
from commerce.watches.reading import Watched
from community.foundation.rest import Body

WISHES = ("back_in_stock", "price_fall", "target_price")


class WatchChanges(Body):
    back_in_stock = serializers.BooleanField(required=False, help_text="Told once; with that it is false again.")
    price_fall = serializers.BooleanField(required=False, help_text="Told of each price lower than `known_price`.")
    target_price = AmountField(
        required=False, allow_null=True, help_text="Only of prices no higher than this. null: of any lower price."
    )


class WatchBody(WatchChanges):
    """Without `back_in_stock`, `price_fall` and `target_price`, both are watched for."""

    product = serializers.CharField(max_length=100, help_text="The address of a product on sale.")
    variant = serializers.UUIDField(required=False, allow_null=True, help_text="null or left out: any of them.")

    def validate(self, body: dict[str, Any]) -> dict[str, Any]:
        if not any(name in body for name in WISHES):
            body |= {"back_in_stock": True, "price_fall": True}
        elif body.get("target_price") is not None:
            body.setdefault("price_fall", True)
        return body


class WatchFilters(Body):
    product = serializers.CharField(required=False, max_length=100)


class WatchReply(serializers.Serializer):
    """Takes a Watched."""

    id = serializers.CharField(source="watch.pk")
    product = serializers.CharField(source="watch.product.slug")
    title = serializers.CharField(source="watch.product.title")
    variant = serializers.CharField(source="watch.variant_id", allow_null=True)
    back_in_stock = serializers.BooleanField(source="watch.back_in_stock")
    price_fall = serializers.BooleanField(source="watch.price_fall")
    target_price = AmountField(source="watch.target_price", allow_null=True)
    known_price = AmountField(
        source="watch.known_price",
        allow_null=True,
        help_text="What it cost when you began, or what you were told last. null unless prices are watched for.",
    )
    price = AmountField(help_text="What it costs now; of a product, its cheapest variant.")
    currency = serializers.SerializerMethodField()
    in_stock = serializers.BooleanField(source="can_buy", help_text="Whether it can be bought now.")
    told_at = serializers.DateTimeField(source="watch.told_at", allow_null=True, help_text="Told of a price last.")
    created_at = serializers.DateTimeField(source="watch.created_at")
    url = serializers.CharField(source="address")

    def get_currency(self, row: Watched) -> str:
        return settings.CURRENCY
