"""What was bought: a purchase that a member pays, one order a vendor, on four axes (rule 2.4).

Amounts are smallest units of `currency`. What was agreed is kept here in copies, so that no later change of a product,
price or address changes an order.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Variant
from commerce.delivery.models import Method
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import Subject


class PaymentState(models.TextChoices):
    NONE = "none", _("Nothing to pay")
    PENDING = "pending", _("Being paid")
    AUTHORISED = "authorised", _("Authorised")
    CAPTURED = "captured", _("Paid")
    PARTIALLY_REFUNDED = "partially_refunded", _("Refunded in part")
    REFUNDED = "refunded", _("Refunded")
    FAILED = "failed", _("Payment failed")
    VOIDED = "voided", _("Payment called off")
    DISPUTED = "disputed", _("Disputed")
    WON = "won", _("Dispute won")
    LOST = "lost", _("Dispute lost")


class OrderState(models.TextChoices):
    DRAFT = "draft", _("Being paid")
    PLACED = "placed", _("Placed")
    CONFIRMED = "confirmed", _("Confirmed")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


class FulfilmentState(models.TextChoices):
    WAITING = "waiting", _("To be prepared")
    PROOFING = "proofing", _("Proof to be approved")
    APPROVED = "approved", _("Proof approved")
    IN_PRODUCTION = "in_production", _("Being made")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    PURCHASE_CONFIRMED = "purchase_confirmed", _("Purchase confirmed")


class SettlementState(models.TextChoices):
    NONE = "none", _("Nothing to settle")
    ACCRUED = "accrued", _("Accrued")
    HELD = "held", _("Held until returns end")
    AVAILABLE = "available", _("Ready for payout")
    BATCHED = "batched", _("In a statement")
    PAID = "paid", _("Paid out")
    REVERSED = "reversed", _("Reversed")


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def visible_to(self, member: Any) -> "PurchaseQuerySet":
        """One's own; operators see all. A vendor sees its orders, never the purchase around them."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self if member.is_operator else self.filter(member=member)


class Purchase(models.Model):
    """What a member pays at once: one order a vendor. `total` is what the provider takes, after points."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="purchases", verbose_name=_("member")
    )
    currency = models.CharField(_("currency"), max_length=3)
    total = models.BigIntegerField(_("to pay"))
    points = models.BigIntegerField(_("points used"), default=0)
    payment = models.CharField(_("payment"), max_length=18, choices=PaymentState, default=PaymentState.PENDING)
    payment_method = models.CharField(_("payment method"), max_length=40)
    authorised_amount = models.BigIntegerField(_("authorised"), default=0)
    captured_amount = models.BigIntegerField(_("captured"), default=0)
    refunded_amount = models.BigIntegerField(_("refunded"), default=0)
    address = models.JSONField(_("address"), null=True)
    expires_at = models.DateTimeField(_("to be paid by"), null=True)
    placed_at = models.DateTimeField(_("placed"), null=True)
    created_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)
    language = models.CharField(max_length=8, default="ko", editable=False)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        constraints = [
            models.CheckConstraint(condition=Q(total__gte=0, points__gte=0), name="orders_purchase_not_negative"),
            models.CheckConstraint(condition=Q(refunded_amount__gte=0), name="orders_refund_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded_amount__lte=F("captured_amount")), name="orders_never_refunds_more_than_captured"
            ),
            models.CheckConstraint(
                condition=Q(captured_amount__lte=F("authorised_amount")),
                name="orders_never_captures_more_than_authorised",
            ),
            models.CheckConstraint(
                condition=Q(authorised_amount__lte=F("total")), name="orders_never_authorises_more_than_total"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "created_at", "id"], name="orders_purchases_of_member"),
            models.Index(fields=["expires_at"], condition=Q(payment="pending"), name="orders_purchases_to_expire"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_orders:purchase", args=[self.pk])


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, member: Any) -> "OrderQuerySet":
        """One's own, those of a vendor one is staff of once they are placed; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        sold = Q(vendor__in=Vendor.objects.staffed_by(member)) & ~Q(state__in=[OrderState.DRAFT, OrderState.EXPIRED])
        return self.filter(Q(member=member) | sold)


class Order(models.Model):
    """One vendor's part of a purchase. total = items - discount + delivery - points, each of them kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders", verbose_name=_("purchase"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="orders", verbose_name=_("member")
    )
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="orders", verbose_name=_("vendor"))
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    fulfilment = models.CharField(
        _("fulfilment"), max_length=18, choices=FulfilmentState, default=FulfilmentState.WAITING
    )
    settlement = models.CharField(_("settlement"), max_length=10, choices=SettlementState, default=SettlementState.NONE)
    currency = models.CharField(_("currency"), max_length=3)
    items_total = models.BigIntegerField(_("goods"))
    discount_total = models.BigIntegerField(_("discounts"), default=0)
    delivery_fee = models.BigIntegerField(_("delivery"), default=0)
    points = models.BigIntegerField(_("points used"), default=0)
    total = models.BigIntegerField(_("total"))
    tax_total = models.BigIntegerField(_("tax included"), default=0)
    commission_total = models.BigIntegerField(_("commission"), default=0)
    refunded_total = models.BigIntegerField(_("refunded"), default=0)
    method = models.ForeignKey(Method, models.PROTECT, null=True, related_name="+", verbose_name=_("delivery method"))
    method_name = models.CharField(_("delivery"), max_length=60, blank=True)
    method_kind = models.CharField(max_length=8, default="parcel", editable=False)
    pickup_code = models.CharField(_("pick-up code"), max_length=12, blank=True)
    promised_on = models.DateField(_("promised for"), null=True)
    member_note = models.CharField(_("word to the vendor"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    placed_at = models.DateTimeField(_("placed"), null=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    confirmed_at = models.DateTimeField(_("purchase confirmed"), null=True)
    returnable_until = models.DateTimeField(_("returnable until"), null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "vendor"], name="orders_one_a_vendor_and_purchase"),
            models.CheckConstraint(
                condition=Q(total=F("items_total") - F("discount_total") + F("delivery_fee") - F("points")),
                name="orders_total_adds_up",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="orders_total_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded_total__gte=0, refunded_total__lte=F("total")),
                name="orders_refund_at_most_the_total",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "created_at", "id"], name="orders_of_member"),
            models.Index(fields=["vendor", "placed_at", "id"], name="orders_of_vendor"),
            models.Index(fields=["vendor", "fulfilment"], condition=Q(state="placed"), name="orders_to_prepare"),
            models.Index(fields=["returnable_until"], condition=Q(settlement="held"), name="orders_to_settle"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_orders:order", args=[self.pk])


class OrderLine(models.Model):
    """`title`, `variant_label`, `specification` are what was bought, as it was called then.

    `amount` is unit_price * quantity; what was taken off stands in `Allocation` alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="order_lines", verbose_name=_("variant"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="order_lines", verbose_name=_("subject"))
    position = models.PositiveSmallIntegerField(_("position"))
    sku = models.CharField(_("SKU"), max_length=64)
    title = models.CharField(_("title"), max_length=200)
    variant_label = models.CharField(_("variant"), max_length=200, blank=True)
    specification = models.JSONField(_("specification"), null=True)
    schema = models.ForeignKey(
        "commerce_specifications.Schema", models.PROTECT, null=True, related_name="+", verbose_name=_("schema")
    )
    label = models.CharField(_("member's label"), max_length=30, blank=True)
    unit_price = models.BigIntegerField(_("unit price"))
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = models.BigIntegerField(_("amount"))
    tax_rate = models.PositiveSmallIntegerField(_("tax, in basis points"), default=0)
    tax = models.BigIntegerField(_("tax included"), default=0)
    commission_rate = models.PositiveSmallIntegerField(_("commission, in basis points"), default=0)
    commission = models.BigIntegerField(_("commission"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    returned = models.PositiveIntegerField(_("returned"), default=0)
    digital = models.BooleanField(_("digital"), default=False)
    warranty_months = models.PositiveSmallIntegerField(_("months of warranty"), default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="orders_line_place_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_line_not_empty"),
            models.CheckConstraint(
                condition=Q(amount=F("unit_price") * F("quantity")), name="orders_line_amount_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(shipped__lte=F("quantity")), name="orders_ships_at_most_what_was_bought"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("quantity")), name="orders_returns_at_most_what_was_bought"
            ),
        ]
        indexes = [models.Index(fields=["subject", "order"], name="orders_lines_of_subject")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class Stage(models.TextChoices):
    """Where money was taken off, in the order of rule 2.2's pipeline."""

    SALE = "sale", _("Sale")
    VENDOR_ITEM = "vendor_item", _("Vendor's discount on a product")
    VENDOR_CART = "vendor_cart", _("Vendor's discount on the order")
    PLATFORM_ITEM = "platform_item", _("Discount on a product")
    PLATFORM_CART = "platform_cart", _("Discount on the purchase")
    DELIVERY = "delivery", _("Discount on delivery")
    POINTS = "points", _("Points")


class Allocation(models.Model):
    """The only record of money taken off: so much from one unit of a line (or, without a line, from the delivery fee),
    by what, and who bears it. `refunded` once that unit was paid back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="allocations", verbose_name=_("order"))
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, related_name="allocations", verbose_name=_("line"))
    unit = models.PositiveIntegerField(_("unit"), null=True)
    stage = models.CharField(_("stage"), max_length=14, choices=Stage)
    source_kind = models.CharField(_("source"), max_length=40)
    source_id = models.UUIDField(null=True)
    funder = models.ForeignKey(
        "community_members.Team", models.PROTECT, null=True, related_name="+", verbose_name=_("borne by")
    )
    amount = models.BigIntegerField(_("amount"))
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_allocation_takes_something"),
            models.CheckConstraint(
                condition=Q(line=None, unit=None) | Q(line__isnull=False, unit__gte=1),
                name="orders_allocation_to_a_unit_or_the_delivery",
            ),
            models.UniqueConstraint(
                fields=["order", "line", "unit", "stage", "source_kind", "source_id"],
                nulls_distinct=False,
                name="orders_allocation_once_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.amount}"


class OrderEvent(models.Model):
    """Every step on every axis: who, from, to, why. Only appended to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="events", verbose_name=_("purchase"))
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="events", verbose_name=_("order"))
    axis = models.CharField(_("axis"), max_length=12)
    event = models.CharField(_("event"), max_length=30)
    before = models.CharField(_("from"), max_length=20)
    after = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")
        indexes = [models.Index(fields=["order", "at"], name="orders_events_of_order")]

    def __str__(self) -> str:
        return f"{self.axis}: {self.before} → {self.after}"


class Parcel(models.Model):
    """What a vendor sent together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="parcels", verbose_name=_("order"))
    carrier = models.CharField(_("carrier"), max_length=60)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    arrived_at = models.DateTimeField(_("arrived"), null=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking}"


class ParcelLine(models.Model):
    """How many of a line are in a parcel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="lines", verbose_name=_("parcel"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="parcel_lines", verbose_name=_("line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("line of a parcel")
        verbose_name_plural = _("lines of parcels")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "line"], name="orders_line_once_a_parcel"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_parcel_line_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"
