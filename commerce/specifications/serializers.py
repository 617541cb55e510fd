"""Specifications over REST. In a schema, prices are decimal strings; in the rows they are smallest units."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from commerce import money
from commerce.catalog.serializers import AmountField
from commerce.specifications.errors import Fault
from commerce.specifications.fitting import Fitted
from commerce.specifications.models import NAME_LENGTH, Schema
from community.foundation.rest import Body

KINDS = ["choice", "measure", "text", "upload"]
NUMBERS = ("least", "most", "step")
PRICES = ("price", "price_per_unit")


class ChoiceShape(Body):
    value = serializers.CharField(max_length=60, required=False)
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]
    label_ko = serializers.CharField(max_length=60, required=False, allow_blank=True)
    price = AmountField(required=False)


class FieldShape(Body):
    """One field; which of the lower half it has depends on its kind."""

    key = serializers.CharField(max_length=30, required=False)
    kind = serializers.ChoiceField(choices=KINDS)
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]
    label_ko = serializers.CharField(max_length=60, required=False, allow_blank=True)
    hint = serializers.CharField(max_length=200, required=False, allow_blank=True)
    hint_ko = serializers.CharField(max_length=200, required=False, allow_blank=True)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    choices = ChoiceShape(many=True, required=False, help_text="Of a choice.")
    least = serializers.CharField(max_length=16, required=False, help_text="Of a measure.")
    most = serializers.CharField(max_length=16, required=False, help_text="Of a measure.")
    step = serializers.CharField(max_length=16, required=False, help_text="Of a measure.")
    unit = serializers.CharField(max_length=12, required=False, allow_blank=True, help_text="Of a measure.")
    price_per_unit = AmountField(required=False, help_text="Of a measure.")
    longest = serializers.IntegerField(required=False, help_text="Of a text.")
    price = AmountField(required=False, help_text="Of a text or an upload.")


class SchemaShape(Body):
    """What can be specified of a product: each change of it is a new version."""

    version = serializers.IntegerField(read_only=True)
    currency = serializers.SerializerMethodField()
    fields = FieldShape(many=True)  # type: ignore[assignment]
    lead_days = serializers.IntegerField(required=False, min_value=0, max_value=365)
    daily_capacity = serializers.IntegerField(required=False, min_value=1, max_value=100_000)

    def get_currency(self, row: Any) -> str:
        return settings.CURRENCY


class SpecificationBody(Body):
    product = serializers.CharField(max_length=100)
    values = serializers.DictField()
    name = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True, default="")


class SpecificationChanges(Body):
    values = serializers.DictField(required=False)
    name = serializers.CharField(max_length=NAME_LENGTH, required=False, allow_blank=True)


class SpecificationFilters(Body):
    product = serializers.CharField(required=False, max_length=100)


class SpecificationReply(serializers.Serializer):
    """Takes a Fitted."""

    id = serializers.CharField(source="kept.pk")
    product = serializers.CharField(source="kept.product.slug")
    name = serializers.CharField(source="kept.name")
    values = serializers.DictField(source="kept.values", help_text="As they were given.")
    schema_version = serializers.IntegerField(source="kept.schema.version")
    fits = serializers.BooleanField(help_text="Whether they can be used today as they are.")
    fitting = serializers.DictField(source="checked.values", help_text="What of them fits today.")
    lost = serializers.ListField(child=serializers.CharField(), help_text="Labels of what fits no more.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="Labels of what must be added.")
    price = AmountField(source="checked.price", help_text="What it adds to the price of the variant.")
    currency = serializers.SerializerMethodField()
    used_count = serializers.IntegerField(source="kept.used_count")
    used_at = serializers.DateTimeField(source="kept.used_at")

    def get_currency(self, row: Fitted) -> str:
        return settings.CURRENCY


def shown(schema: Schema) -> dict[str, Any]:
    """A schema as REST replies with it."""
    return {
        "version": schema.version,
        "currency": settings.CURRENCY,
        "fields": [_shown_field(row) for row in schema.fields],
        "lead_days": schema.lead_days,
        "daily_capacity": schema.daily_capacity,
    }


def refusal(errors: Mapping[str, Fault], under: str) -> serializers.ValidationError:
    """Faults by place as the answer 400 with one error each: attr is "values.width"."""
    details = {
        f"{under}.{place}" if place else under: [ErrorDetail(str(fault.detail), code=fault.code)]
        for place, fault in errors.items()
    }
    return serializers.ValidationError(details)


def _shown_field(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: money.to_text(value) if name in PRICES else value for name, value in row.items()}
    if "choices" in found:
        found["choices"] = [{**one, "price": money.to_text(one["price"])} for one in row["choices"]]
    return found
