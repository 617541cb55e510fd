"""Shelves over REST."""

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.catalog.serializers import AmountField, SubjectField
from commerce.shelf.conf import LONGEST_NAME, LONGEST_NOTE, LONGEST_PLACE, LONGEST_TITLE
from commerce.shelf.reading import SHOWN, Shown
from community.foundation.rest import Body


class ShelfFilters(Body):
    show = serializers.ChoiceField(
        required=False,
        choices=[one for one in SHOWN if one],
        help_text="due: you have said nothing of it yet. warranty: it runs. files: can be downloaded. hidden: by you.",
    )
    order = serializers.CharField(required=False, max_length=24, help_text="The number of an order of yours.")


class ThingChanges(Body):
    """Of what was bought here only `name`, `note` and `hidden` change."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NAME)
    note = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    hidden = serializers.BooleanField(required=False)
    title = serializers.CharField(required=False, max_length=LONGEST_TITLE)
    subject = SubjectField(required=False, allow_null=True)
    bought_from = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PLACE)
    bought_on = serializers.DateField(required=False, allow_null=True)
    price = AmountField(required=False, allow_null=True)
    warranty_until = serializers.DateField(required=False, allow_null=True)


class ThingBody(ThingChanges):
    title = serializers.CharField(max_length=LONGEST_TITLE)


class FileReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_url(self, file: object) -> str:
        return reverse("commerce_catalog:download", args=[self.context["slug"], file.pk])  # type: ignore[attr-defined]


class ThingReply(serializers.Serializer):
    """Takes a Shown."""

    id = serializers.CharField(source="thing.pk")
    title = serializers.CharField()
    name = serializers.CharField(source="thing.name")
    note = serializers.CharField(source="thing.note")
    hidden = serializers.BooleanField(source="thing.hidden")
    by_hand = serializers.BooleanField(source="thing.by_hand", help_text="Told by you; bought elsewhere.")
    quantity = serializers.IntegerField(help_text="Without what was sent back.")
    price = AmountField(allow_null=True, help_text="Of one.")
    currency = serializers.SerializerMethodField()
    bought_from = serializers.CharField(source="seller")
    bought_on = serializers.DateField()
    warranty_until = serializers.DateField(source="thing.warranty_until", allow_null=True)
    subject = serializers.CharField(source="subject.slug", allow_null=True, default=None)
    review = serializers.CharField(source="review.pk", allow_null=True, default=None)
    review_due = serializers.BooleanField()
    product = serializers.CharField(source="product.slug", allow_null=True, default=None)
    variant = serializers.CharField(source="thing.line.variant_id", allow_null=True, default=None)
    options = serializers.CharField(source="thing.line.options", default="")
    specification = serializers.JSONField(
        source="thing.line.specification", default=dict, help_text="As POST cart/lines/ takes it, to have it again."
    )
    on_sale = serializers.BooleanField(source="can_buy", help_text="Whether it is sold here now.")
    order = serializers.CharField(source="thing.line.order.number", allow_null=True, default=None)
    purchase = serializers.CharField(source="thing.line.order.purchase.number", allow_null=True, default=None)
    receipt = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    def get_currency(self, shown: Shown) -> str:
        return settings.CURRENCY

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_receipt(self, shown: Shown) -> str | None:
        line = shown.thing.line
        return reverse("commerce_orders:receipt", args=[line.order.purchase.number]) if line else None

    @extend_schema_field(FileReply(many=True))
    def get_files(self, shown: Shown) -> list[dict]:
        if shown.product is None:
            return []
        return FileReply(shown.files, many=True, context={"slug": shown.product.slug}).data  # type: ignore[return-value]
