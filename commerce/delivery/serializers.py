"""Delivery methods and addresses over REST."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from commerce.catalog.serializers import AmountField
from commerce.delivery import addressing
from commerce.delivery.errors import AddressInvalid
from commerce.delivery.models import Address, Method, MethodKind
from commerce.delivery.offering import FIELDS, LONGEST_WAY
from community.foundation.rest import Body


class OfferedReply(serializers.Serializer):
    """A way of delivery as buyers choose it: by its id. `free_from` is null where it is never free, `abroad_fee` where
    it does not leave Korea."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=MethodKind.choices)
    name = serializers.CharField()
    currency = serializers.SerializerMethodField()
    fee = AmountField()
    free_from = AmountField(allow_null=True)
    remote_fee = AmountField()
    abroad_fee = AmountField(allow_null=True)
    days_least = serializers.IntegerField()
    days_most = serializers.IntegerField()
    place = serializers.CharField()

    def get_currency(self, row: Any) -> str:
        return settings.CURRENCY


class MethodBody(Body):
    vendor = serializers.CharField(required=False, max_length=60, help_text="Whose, for staff of several vendors.")
    kind = serializers.ChoiceField(choices=MethodKind.choices, required=False)
    name = serializers.CharField(max_length=80)
    name_ko = serializers.CharField(max_length=80, required=False, allow_blank=True)
    fee = AmountField(required=False)
    free_from = AmountField(required=False, allow_null=True, help_text="It is free from this amount of goods on.")
    remote_fee = AmountField(required=False, help_text="What Korean islands cost more.")
    abroad_fee = AmountField(required=False, allow_null=True, help_text="What other countries cost more; null: never.")
    days_least = serializers.IntegerField(required=False, min_value=0, max_value=LONGEST_WAY)
    days_most = serializers.IntegerField(required=False, min_value=0, max_value=LONGEST_WAY)
    place = serializers.CharField(max_length=300, required=False, allow_blank=True)
    position = serializers.IntegerField(required=False, min_value=0, max_value=1_000)
    active = serializers.BooleanField(required=False)


class MethodChanges(MethodBody):
    name = serializers.CharField(max_length=80, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: field for name, field in super().get_fields().items() if name != "vendor"}


class MethodFilters(Body):
    vendor = serializers.CharField(required=False, max_length=60)


class MethodReply(serializers.ModelSerializer):
    id = serializers.CharField(read_only=True)
    vendor = serializers.CharField(source="vendor.slug")
    currency = serializers.SerializerMethodField()
    fee = AmountField()
    free_from = AmountField(allow_null=True)
    remote_fee = AmountField()
    abroad_fee = AmountField(allow_null=True)

    class Meta:
        model = Method
        fields: Any = ("id", "vendor", "currency", *FIELDS)

    def get_currency(self, row: Method) -> str:
        return settings.CURRENCY


class AddressBody(Body):
    """An address. A Korean postcode has five digits; a phone number digits, spaces, + - ( )."""

    name = serializers.CharField(max_length=60)
    line1 = serializers.CharField(max_length=120)
    line2 = serializers.CharField(max_length=120, required=False, allow_blank=True, allow_null=True)
    city = serializers.CharField(max_length=60)
    region = serializers.CharField(max_length=60, required=False, allow_blank=True, allow_null=True)
    postcode = serializers.CharField(max_length=12)
    country = serializers.CharField(max_length=2, help_text="ISO 3166, two letters: KR.")
    phone = serializers.CharField(max_length=20)

    def validate(self, data: dict[str, Any]) -> dict[str, str]:
        """The address as it is kept, or one error a field."""
        try:
            return addressing.checked(data)
        except AddressInvalid as invalid:
            faults = {name: [ErrorDetail(str(fault.detail), code=fault.code)] for name, fault in invalid.faults.items()}
            raise serializers.ValidationError(faults) from invalid


class AddressReply(serializers.ModelSerializer):
    id = serializers.CharField(read_only=True)

    class Meta:
        model = Address
        fields: Any = ("id", *addressing.FIELDS, "used_at")
