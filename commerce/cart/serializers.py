"""Carts over REST. Amounts are decimal strings."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce import money
from commerce.cart.conf import MOST_OF_A_LINE
from commerce.cart.models import LABEL_LENGTH
from commerce.cart.showing import Shelf, Shown, ShownLine
from commerce.catalog.serializers import AmountField
from commerce.delivery.serializers import OfferedReply
from commerce.pricing.registering import Tried
from community.foundation.rest import Body


class CartLineBody(Body):
    variant = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_A_LINE)
    specification = serializers.DictField(required=False, help_text="Of what is made to order: values by key.")
    label = serializers.CharField(  # type: ignore[assignment]
        max_length=LABEL_LENGTH, required=False, allow_blank=True, help_text="Your own: the bill is split by it."
    )


class CartLineChanges(Body):
    quantity = serializers.IntegerField(required=False, min_value=1, max_value=MOST_OF_A_LINE)
    specification = serializers.DictField(required=False)
    label = serializers.CharField(max_length=LABEL_LENGTH, required=False, allow_blank=True)  # type: ignore[assignment]


class ProblemReply(serializers.Serializer):
    """Why it cannot be bought as it stands, and what to do."""

    code = serializers.CharField()
    detail = serializers.CharField()


class HindranceReply(ProblemReply):
    detail = serializers.CharField(source="sentence")


class WordReply(serializers.Serializer):
    name = serializers.CharField()
    value = serializers.CharField()


class CartLineReply(serializers.Serializer):
    """One line. `previous_price` is what one piece cost when you were last shown it; `unit_price` what it costs now."""

    id = serializers.CharField(source="asked.key")
    variant = serializers.CharField(source="asked.variant.pk")
    sku = serializers.CharField(source="asked.variant.sku")
    product = serializers.CharField(source="asked.variant.product.slug")
    vendor = serializers.CharField(source="asked.variant.product.vendor.slug")
    title = serializers.CharField(source="asked.variant.product.title")
    options = serializers.DictField(source="asked.variant.options", child=serializers.CharField())
    quantity = serializers.IntegerField(source="asked.quantity")
    unit_price = AmountField(source="asked.unit_price")
    previous_price = AmountField(source="asked.seen_price")
    amount = AmountField(source="asked.amount")
    currency = serializers.SerializerMethodField()
    specification = serializers.DictField(source="asked.specification")
    specification_words = serializers.SerializerMethodField()
    label = serializers.CharField(source="asked.label")  # type: ignore[assignment]
    problem = HindranceReply(source="asked.hindrance", allow_null=True)

    def get_currency(self, line: ShownLine) -> str:
        return settings.CURRENCY

    @extend_schema_field(WordReply(many=True))
    def get_specification_words(self, line: ShownLine) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in line.words]


class WayReply(OfferedReply):
    """A way of delivery. `cost` is what it costs for what is in the cart, to where your last parcel went; null where it
    does not get there."""

    cost = AmountField(allow_null=True)


class ShelfReply(serializers.Serializer):
    """What is bought from one vendor. `delivery_method` is the one reckoned with: the default, or as asked."""

    id = serializers.CharField(source="vendor.pk")
    vendor = serializers.CharField(source="vendor.slug")
    name = serializers.CharField(source="vendor.name")
    lines = serializers.SerializerMethodField()
    delivery_methods = serializers.SerializerMethodField()
    delivery_method = serializers.SerializerMethodField()
    goods = AmountField()
    delivery = AmountField()
    free_delivery_missing = serializers.SerializerMethodField()

    def get_lines(self, shelf: Shelf) -> list[str]:
        return [str(line.asked.key) for line in shelf.lines]

    @extend_schema_field(WayReply(many=True))
    def get_delivery_methods(self, shelf: Shelf) -> list[dict[str, Any]]:
        costs = [None if way.fee is None else money.to_text(way.fee) for way in shelf.ways]
        return [{**OfferedReply(way.method).data, "cost": cost} for way, cost in zip(shelf.ways, costs, strict=True)]

    def get_delivery_method(self, shelf: Shelf) -> str | None:
        return shelf.chosen.id if shelf.delivered else None

    def get_free_delivery_missing(self, shelf: Shelf) -> str | None:
        return money.to_text(shelf.free_delivery.missing or 0) if shelf.free_delivery else None


class ShareReply(serializers.Serializer):
    """What one of your labels comes to; the empty one is the rest."""

    label = serializers.CharField()  # type: ignore[assignment]
    goods = AmountField()
    delivery = AmountField()
    amount = AmountField()


class CartReply(serializers.Serializer):
    """The cart as it would be bought now. Lines with a `problem` are not in the sums."""

    id = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()
    quantity = serializers.IntegerField(source="pieces")
    lines = CartLineReply(many=True)
    vendors = ShelfReply(source="shelves", many=True)
    goods = AmountField()
    delivery = AmountField()
    discount = AmountField()
    tax = AmountField(source="quote.tax", help_text="Included in the total.")
    total = AmountField(source="quote.total")
    labels = ShareReply(source="shares", many=True)
    problem = ProblemReply(source="refusal", allow_null=True)

    def get_id(self, shown: Shown) -> str | None:
        return str(shown.cart.pk) if shown.cart else None

    def get_currency(self, shown: Shown) -> str:
        return settings.CURRENCY


class TriedReply(serializers.Serializer):
    """A discount that was tried: what it takes off, why or why not, and how much more would reach it."""

    id = serializers.CharField()
    stage = serializers.IntegerField(source="tried.stage")
    name = serializers.CharField(source="tried.name")
    amount = AmountField(source="tried.amount")
    currency = serializers.SerializerMethodField()
    code = serializers.CharField(source="tried.code")
    detail = serializers.CharField(source="tried.sentence")
    missing = AmountField(source="tried.missing", allow_null=True)

    def get_currency(self, row: dict[str, Any]) -> str:
        return settings.CURRENCY


def numbered(tried: list[Tried]) -> list[dict[str, Any]]:
    return [{"id": str(number), "tried": one} for number, one in enumerate(tried, start=1)]
