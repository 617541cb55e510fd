"""Purchases and orders over REST. Amounts are decimal strings with `currency` beside them."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commerce.catalog.serializers import AmountField
from commerce.orders import carriers, possible
from commerce.orders.conf import LONGEST_REASON
from commerce.orders.models import (
    Fulfilment,
    LineKind,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    PaymentState,
    Proof,
    Purchase,
    Stage,
)
from commerce.vendors.models import Vendor
from community.foundation.rest import Body

MOST_LINES = 500


class Currency(serializers.Serializer):
    """Adds the site's currency to what has amounts."""

    currency = serializers.SerializerMethodField()

    def get_currency(self, row: Any) -> str:
        return settings.CURRENCY


class OrderLineReply(Currency):
    """`amount` = `unit_price` × `quantity`, `net` = amount − `discount`: what it was sold for, taxes included."""

    id = serializers.CharField(source="pk")
    kind = serializers.ChoiceField(choices=LineKind.choices)
    product = serializers.CharField(source="product.slug", allow_null=True, default=None)
    variant = serializers.CharField(source="variant_id", allow_null=True)
    title = serializers.CharField()
    options = serializers.CharField()
    sku = serializers.CharField()
    specification = serializers.DictField()
    label = serializers.CharField()  # type: ignore[assignment]
    quantity = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    shipped = serializers.IntegerField()
    returned = serializers.IntegerField()
    unit_price = AmountField()
    amount = AmountField()
    discount = AmountField()
    net = AmountField()
    points_worth = AmountField()
    tax_rate = serializers.SerializerMethodField(help_text="Percent.")
    tax = AmountField()
    discounts = serializers.SerializerMethodField()

    def get_tax_rate(self, line: OrderLine) -> str:
        return f"{line.tax_rate / 100:g}"

    @extend_schema_field(
        serializers.ListField(
            child=serializers.DictField(child=serializers.CharField()), help_text="What was taken off."
        )
    )
    def get_discounts(self, line: OrderLine) -> list[dict[str, str]]:
        amount = AmountField()
        return [
            {
                "stage": Stage(one.stage).name.lower(),
                "amount": amount.to_representation(one.amount),
                "funder": one.funder,
            }
            for one in line.allocations.all()
            if one.stage != Stage.POINTS
        ]


class ParcelLineReply(serializers.Serializer):
    line = serializers.CharField(source="line_id")
    quantity = serializers.IntegerField()


class ParcelReply(serializers.Serializer):
    """`tracking_url` where the carrier is one that the site knows."""

    id = serializers.CharField(source="pk")
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    tracking_url = serializers.SerializerMethodField()
    shipped_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    lines = ParcelLineReply(many=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_tracking_url(self, parcel: Parcel) -> str | None:
        return carriers.tracking_url(parcel.carrier, parcel.tracking) or None


class ProofReply(serializers.Serializer):
    """What the vendor showed before making it; `approved` is null until the buyer decides."""

    id = serializers.CharField(source="pk")
    text = serializers.CharField()
    picture = serializers.SerializerMethodField()
    sent_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    approved = serializers.BooleanField(allow_null=True)
    answer = serializers.CharField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_picture(self, proof: Proof) -> str | None:
        return proof.picture.get_absolute_url() if proof.picture else None


class KeptAddress(serializers.Serializer):
    """An address as it was given; null once it is not kept any more."""

    name = serializers.CharField()
    line1 = serializers.CharField()
    line2 = serializers.CharField(allow_blank=True)
    city = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField()
    country = serializers.CharField()
    phone = serializers.CharField()


class OrderReply(Currency):
    """What one vendor delivers. `pickup_code` is read by the buyer alone, `settlement` by the vendor alone; `possible` says
    what the one who asks can do now."""

    id = serializers.CharField(source="pk")
    number = serializers.CharField()
    purchase = serializers.CharField(source="purchase_id")
    vendor = serializers.CharField(source="vendor.slug")
    buyer = serializers.CharField(source="purchase.member.username")
    status = serializers.ChoiceField(choices=OrderState.choices, source="state")
    fulfilment = serializers.ChoiceField(choices=Fulfilment.choices)
    payment = serializers.ChoiceField(choices=PaymentState.choices, source="purchase.payment")
    settlement = serializers.SerializerMethodField()
    delivery = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    pickup_code = serializers.SerializerMethodField()
    note = serializers.CharField()
    amount = AmountField()
    points_worth = AmountField()
    total = AmountField()
    refunded = AmountField()
    promised_on = serializers.DateField(allow_null=True)
    placed_at = serializers.DateTimeField(allow_null=True)
    shipped_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    returnable_until = serializers.DateTimeField(allow_null=True)
    lines = OrderLineReply(many=True)
    parcels = ParcelReply(many=True)
    proofs = ProofReply(many=True)
    possible = serializers.SerializerMethodField()

    def _viewer(self) -> Any:
        return self.context["request"].user

    def _is_buyer(self, order: Order) -> bool:
        return order.purchase.member_id == self._viewer().pk

    def _is_vendor(self, order: Order) -> bool:
        """Whether who asks works for the vendor: asked once, however many orders there are."""
        viewer = self._viewer()
        if not hasattr(viewer, "_staffed_vendors"):
            viewer._staffed_vendors = set(Vendor.objects.staffed_by(viewer).values_list("pk", flat=True))
        return viewer.is_operator or order.vendor_id in viewer._staffed_vendors

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_settlement(self, order: Order) -> str | None:
        return order.settlement if self._is_vendor(order) else None

    @extend_schema_field(serializers.DictField(child=serializers.CharField(), help_text="kind, name, place"))
    def get_delivery(self, order: Order) -> dict[str, str]:
        return {"kind": order.method_kind or "none", "name": order.method_name, "place": order.method_place}

    @extend_schema_field(KeptAddress(allow_null=True))
    def get_address(self, order: Order) -> dict[str, str] | None:
        return address_of(order.purchase) if order.method_kind == "parcel" or self._is_buyer(order) else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_pickup_code(self, order: Order) -> str | None:
        return order.pickup_code or None if self._is_buyer(order) else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_possible(self, order: Order) -> list[str]:
        acts = possible.for_buyer(order) if self._is_buyer(order) else []
        acts += possible.for_vendor(order) if self._is_vendor(order) else []
        return list(dict.fromkeys(acts))


class PurchaseReply(Currency):
    """What was paid at once: one order a vendor. `total` was charged in money, `points` in points."""

    id = serializers.CharField(source="pk")
    number = serializers.CharField()
    payment = serializers.ChoiceField(choices=PaymentState.choices)
    amount = AmountField()
    points = serializers.IntegerField()
    points_worth = AmountField()
    total = AmountField()
    refunded = AmountField()
    points_returned = serializers.IntegerField()
    address = serializers.SerializerMethodField()
    made_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)
    orders = serializers.SerializerMethodField()

    @extend_schema_field(KeptAddress(allow_null=True))
    def get_address(self, purchase: Purchase) -> dict[str, str] | None:
        return address_of(purchase)

    @extend_schema_field(OrderReply(many=True))
    def get_orders(self, purchase: Purchase) -> Any:
        return OrderReply(purchase.orders.all(), many=True, context=self.context).data


def address_of(purchase: Purchase) -> dict[str, str] | None:
    """The address with every field, or None where none is kept."""
    kept = purchase.address or {}
    return {str(name): kept.get(name, "") for name in KeptAddress().fields} if kept.get("name") else None


class OrderFilters(Body):
    vendor = serializers.CharField(required=False, max_length=60, help_text="Orders of a vendor for which you work.")
    status = serializers.ChoiceField(required=False, choices=OrderState.choices)
    fulfilment = serializers.ChoiceField(required=False, choices=Fulfilment.choices)


class UnitsBody(Body):
    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=10**6)


class UnitsField(serializers.ListField):
    """Units by line; left out, all that is left."""

    child = UnitsBody()

    def to_internal_value(self, data: Any) -> Any:
        rows = super().to_internal_value(data)
        found: dict[Any, int] = {}
        for row in rows:
            found[row["line"]] = found.get(row["line"], 0) + row["quantity"]
        return found


class CancelBody(Body):
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_REASON)
    lines = UnitsField(required=False, allow_null=True, default=None, max_length=MOST_LINES)


class ShipBody(Body):
    """`carrier` is cj, epost, hanjin, lotte, logen, ems, or the name of another."""

    carrier = serializers.CharField(max_length=40, allow_blank=True)
    tracking = serializers.CharField(max_length=60, allow_blank=True)
    lines = UnitsField(required=False, allow_null=True, default=None, max_length=MOST_LINES)


class PickUpBody(Body):
    code = serializers.CharField(max_length=40)
    vendor = serializers.CharField(required=False, max_length=60, help_text="For members who work for several.")


class ProofBody(Body):
    """A picture that you uploaded (`uploads/`), words, or both."""

    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)
    picture = serializers.UUIDField(required=False, allow_null=True, default=None)


class ProofDecisionBody(Body):
    """`answer` says what to change; needed where it is not approved."""

    approved = serializers.BooleanField()
    answer = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_REASON)


class RefusedReply(serializers.Serializer):
    title = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField(source="why")


class AgainReply(serializers.Serializer):
    """What is in your cart now, and what can no longer be bought, with why."""

    added = serializers.ListField(child=serializers.CharField())
    refused = RefusedReply(many=True)


class NoBody(Body):
    """Nothing is sent with it."""


class StepReply(serializers.Serializer):
    """Something that happened, in words."""

    at = serializers.DateTimeField()
    words = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
