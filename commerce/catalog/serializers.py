"""Products over REST. Fields of higher apps (`available`, `on_hand`, `specification_schema`) come by `registering`."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce import money
from commerce.catalog import comparing, registering
from commerce.catalog.filters import ORDERS
from commerce.catalog.history import points_of
from commerce.catalog.models import Product, ProductKind, ProductState, Variant
from community.foundation.characters import is_storable
from community.foundation.problems import NotThere
from community.foundation.rest import Body
from community.subjects.finding import find_subject
from community.subjects.serializers import CategoryField

LONGEST_LIST = 500


class AmountField(serializers.CharField):
    """Money: a decimal string in requests and replies, smallest units inside. What is none is 400 by its field."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return money.parse(super().to_internal_value(data))
        except money.NoAmount as error:
            raise serializers.ValidationError(str(error.detail), code=error.code) from error

    def to_representation(self, value: int) -> str:  # type: ignore[override]
        return money.to_text(value)


class SubjectField(serializers.CharField):
    """A subject by its address, a former one included."""

    def to_internal_value(self, data: Any) -> Any:
        slug = super().to_internal_value(data)
        try:
            return find_subject(slug, self.context["request"].user)
        except NotThere as error:
            raise serializers.ValidationError(str(error.detail), code="does_not_exist") from error


class ProductFilters(Body):
    q = serializers.CharField(required=False, allow_blank=True, max_length=200)
    category = serializers.CharField(required=False, max_length=60)
    vendor = serializers.CharField(required=False, max_length=60)
    subject = serializers.CharField(required=False, max_length=80)
    min_price = AmountField(required=False)
    max_price = AmountField(required=False)
    order = serializers.ChoiceField(required=False, choices=list(ORDERS))


class ProductOptionBody(Body):
    name = serializers.CharField(max_length=60)
    values = serializers.ListField(child=serializers.CharField(max_length=60), min_length=1, max_length=30)


class VariantFields:
    """Adds what higher apps let be written of a variant."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()  # type: ignore[misc]
        written = {one.name: one.field() for one in registering.variant_fields().values() if one.write is not None}
        return {**fields, **written}


class VariantBody(VariantFields, Body):
    sku = serializers.CharField(max_length=64)
    price = AmountField()
    options = serializers.DictField(child=serializers.CharField(max_length=60), required=False, default=dict)


class VariantChanges(VariantFields, Body):
    price = AmountField(required=False)


class ProductFields:
    """Adds what higher apps let be written of a product."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()  # type: ignore[misc]
        written = {one.name: one.field() for one in registering.product_fields().values() if one.write is not None}
        return {**fields, **written}


class ProductChanges(ProductFields, Body):
    title = serializers.CharField(max_length=200, required=False)
    summary = serializers.CharField(max_length=300, required=False, allow_blank=True)
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True, source="source")
    category = CategoryField(required=False)
    options = ProductOptionBody(many=True, required=False)
    attributes = serializers.DictField(child=serializers.JSONField(), required=False)
    state = serializers.ChoiceField(required=False, choices=ProductState.choices)


class ProductBody(ProductChanges):
    subject = SubjectField()
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=ProductKind.choices, default=ProductKind.GOODS)
    state = serializers.ChoiceField(
        default=ProductState.LISTED, choices=[ProductState.LISTED, ProductState.DRAFT], help_text="Left out: on sale."
    )
    variants = VariantBody(many=True, allow_empty=False, max_length=200)  # type: ignore[call-arg]
    vendor = serializers.CharField(required=False, max_length=60, help_text="For members who work for several.")


class VariantReply(serializers.Serializer):
    """Needs `variant_extras` in its context: the values of registered fields (`registering.read_all`)."""

    id = serializers.CharField(source="pk")
    sku = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    price = AmountField()
    currency = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), **_read(registering.variant_fields(), "variant_extras")}

    def get_currency(self, row: Variant) -> str:
        return settings.CURRENCY


class ProductReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.ChoiceField(choices=ProductKind.choices)
    state = serializers.ChoiceField(choices=ProductState.choices)
    subject = serializers.CharField(source="subject.slug")
    vendor = serializers.CharField(source="vendor.slug")
    category = serializers.CharField(source="category.slug")
    price = AmountField(allow_null=True)
    currency = serializers.SerializerMethodField()
    in_stock = serializers.BooleanField(source="available")
    score = serializers.FloatField(source="subject.shown_score", allow_null=True)
    rating_count = serializers.IntegerField(source="subject.rating_count")
    picture = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")
    listed_at = serializers.DateTimeField(allow_null=True)

    def get_currency(self, product: Product) -> str:
        return settings.CURRENCY

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, product: Product) -> str | None:
        first = next(iter(product.pictures.all()), None)
        upload = first.upload if first else product.subject.picture
        return upload.get_absolute_url() if upload else None


class SlugsField(serializers.CharField):
    """Addresses of products with commas between them: one to MOST."""

    def to_internal_value(self, data: Any) -> Any:
        slugs = [one for one in super().to_internal_value(data)[:LONGEST_LIST].split(",") if one]
        if (
            not is_storable(str(data))
            or len(str(data)) > LONGEST_LIST
            or not 1 <= len(dict.fromkeys(slugs)) <= comparing.MOST
        ):
            sentence = _("Name one to %(most)s products, with commas between them.") % {"most": comparing.MOST}
            raise serializers.ValidationError(sentence, code="invalid_products")
        return slugs


class ComparisonFilters(Body):
    products = SlugsField(help_text="Addresses of up to four products, with commas between them.")


class ComparedLineReply(serializers.Serializer):
    """One line of the table; `values` stand in the order of the products."""

    name = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    differs = serializers.BooleanField()


class ComparisonReply(serializers.Serializer):
    """What is not there, or not open to the reader, is left out."""

    products = ProductReply(many=True)
    lines = ComparedLineReply(many=True)


class PricePointReply(serializers.Serializer):
    variant = serializers.CharField(source="variant_id")
    price = AmountField()
    currency = serializers.SerializerMethodField()
    since = serializers.DateTimeField()

    def get_currency(self, row: Any) -> str:
        return settings.CURRENCY


class ProductOptionReply(serializers.Serializer):
    name = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]


class PictureReply(serializers.Serializer):
    url = serializers.CharField(source="upload.get_absolute_url")
    alt = serializers.CharField()
    variant = serializers.CharField(source="variant_id", allow_null=True)


class ProductDetailReply(ProductReply):
    """Needs `shown` (active variants with `can_buy`), `product_extras` and `variant_extras` in its context."""

    description = serializers.CharField(source="source")
    html = serializers.CharField()
    attributes = serializers.DictField(child=serializers.JSONField())
    options = ProductOptionReply(many=True)
    pictures = PictureReply(many=True)
    variants = serializers.SerializerMethodField()
    price_history = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, serializers.Field]:
        return {**super().get_fields(), **_read(registering.product_fields(), "product_extras")}

    @extend_schema_field(VariantReply(many=True))
    def get_variants(self, product: Product) -> Any:
        return VariantReply(self.context["shown"], many=True, context=self.context).data

    @extend_schema_field(PricePointReply(many=True))
    def get_price_history(self, product: Product) -> Any:
        return PricePointReply(points_of([one.pk for one in self.context["shown"]]), many=True).data


def _read(extras: dict[str, registering.Extra], where: str) -> dict[str, serializers.Field]:
    """For each readable field of another app, one that takes its value from the context."""
    return {one.name: _Extra(one.field(), where) for one in extras.values() if one.read is not None}


class _Extra(serializers.ReadOnlyField):
    """The value that another app gave for the object, or null; documented as the field that it registered."""

    def __init__(self, field: serializers.Field, where: str) -> None:
        super().__init__(source="pk", allow_null=True)
        self.where = where
        set_override(self, "field", field)

    def to_representation(self, value: UUID) -> Any:
        return self.context.get(self.where, {}).get(self.field_name, {}).get(value)
