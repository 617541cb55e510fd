"""The checkout over REST. Amounts are decimal strings with `currency` beside them."""

from django.conf import settings
from rest_framework import serializers

from commerce import money
from commerce.catalog.serializers import AmountField
from commerce.orders.models import Order, Purchase
from community.foundation.rest import Body

STATUSES = ("paid", "pending", "action_required")


class AddressShape(Body):
    """Where to. A Korean postcode has five digits."""

    name = serializers.CharField(max_length=240)
    line1 = serializers.CharField(max_length=480)
    line2 = serializers.CharField(max_length=480, required=False, allow_blank=True, allow_null=True)
    city = serializers.CharField(max_length=240)
    region = serializers.CharField(max_length=240, required=False, allow_blank=True, allow_null=True)
    postcode = serializers.CharField(max_length=48)
    country = serializers.CharField(max_length=8)
    phone = serializers.CharField(max_length=80)


class CheckoutBody(Body):
    """`total` is what the buyer agreed to, if a client showed a sum: more than that is not charged (409 `price_changed`)."""

    address = AddressShape(required=False, allow_null=True)
    deliveries = serializers.DictField(child=serializers.CharField(max_length=40), required=False)
    payment_method = serializers.CharField(max_length=80)
    points = serializers.IntegerField(required=False, min_value=0, max_value=10**12)
    notes = serializers.DictField(child=serializers.CharField(max_length=300), required=False)
    total = AmountField(required=False)


class PlacedOrderReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    number = serializers.CharField()
    vendor = serializers.CharField(source="vendor.slug")
    total = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()

    def get_total(self, order: Order) -> str:
        return money.to_text(order.total)

    def get_currency(self, order: Order) -> str:
        return settings.CURRENCY


class CheckoutReply(serializers.Serializer):
    """Takes a `paying.Paid`. `action_url` is where the buyer goes on, with `action_required` alone."""

    id = serializers.CharField(source="purchase.pk")
    purchase = serializers.CharField(source="purchase.pk")
    number = serializers.CharField(source="purchase.number")
    status = serializers.ChoiceField(choices=STATUSES)
    action_url = serializers.CharField(allow_null=True)
    orders = PlacedOrderReply(many=True)
    amount = serializers.SerializerMethodField()
    points = serializers.IntegerField(source="purchase.points")
    total = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()

    def get_amount(self, paid: object) -> str:
        return money.to_text(_purchase(paid).amount)

    def get_total(self, paid: object) -> str:
        return money.to_text(_purchase(paid).total)

    def get_currency(self, paid: object) -> str:
        return settings.CURRENCY


def _purchase(paid: object) -> Purchase:
    return paid.purchase  # type: ignore[attr-defined]
