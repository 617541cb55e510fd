"""Purchases, orders and their lines, frozen as they were sold, on the four axes of rule 2.4 (`machines`)."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.catalog.models import Product, Variant
from commerce.commissions.models import Plan
from commerce.specifications.models import Schema
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class PaymentState(models.TextChoices):
    NONE = "none", pgettext_lazy("of a payment", "Not begun")
    PENDING = "pending", pgettext_lazy("of a payment", "Pending")
    AUTHORISED = "authorised", _("Authorised")
    CAPTURED = "captured", _("Paid")
    PARTIALLY_REFUNDED = "partially_refunded", _("Refunded in part")
    REFUNDED = "refunded", _("Refunded")
    FAILED = "failed", pgettext_lazy("of a payment", "Failed")
    VOIDED = "voided", pgettext_lazy("of a payment", "Voided")
    DISPUTED = "disputed", _("Disputed")
    WON = "won", _("Dispute won")
    LOST = "lost", _("Dispute lost")


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def visible_to(self, member: Any) -> "PurchaseQuerySet":
        """One's own; operators see all. Vendors see their orders, never the purchase."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self if member.is_operator else self.filter(member=member)


class Purchase(models.Model):
    """What a member pays at once: one order a vendor. Amounts are smallest units of `currency`, taxes included.

    `amount` is what the lines cost after discounts, `points` of it are paid in points (worth `points_worth`), `total` is
    charged. `claim` is the attempt of the client that made it: a repeat finds it (rule 2.7). The address is a copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="purchases", verbose_name=_("member")
    )
    claim = models.UUIDField(unique=True, null=True, editable=False)
    cart_id = models.UUIDField(null=True, editable=False)
    payment = models.CharField(_("payment"), max_length=18, choices=PaymentState, default=PaymentState.NONE)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.BigIntegerField(_("amount"))
    points = models.BigIntegerField(_("points"), default=0)
    points_worth = models.BigIntegerField(_("worth of the points"), default=0)
    total = models.BigIntegerField(_("to pay"))
    refunded = models.BigIntegerField(_("refunded"), default=0)
    points_returned = models.BigIntegerField(_("points returned"), default=0)
    address = models.JSONField(_("address"), null=True)
    language = models.CharField(_("language"), max_length=8, default="ko")
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("to be paid until"))
    paid_at = models.DateTimeField(_("paid"), null=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, total__gte=0, points__gte=0, points_worth__gte=0)
                & Q(amount=F("total") + F("points_worth")),
                name="orders_purchase_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("total"))
                & Q(points_returned__gte=0, points_returned__lte=F("points")),
                name="orders_refunded_at_most_what_was_paid",
            ),
            models.UniqueConstraint(
                fields=["cart_id"],
                condition=Q(payment__in=("none", "pending", "authorised")),
                name="orders_one_purchase_a_cart_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-made_at", "-id"], name="orders_purchases_of_member"),
            models.Index(
                fields=["expires_at"], condition=Q(payment__in=("none", "pending", "authorised")), name="orders_unpaid"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_orders:purchase", args=[self.number])


class OrderState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of an order", "Not paid yet")
    PLACED = "placed", _("Placed")
    CONFIRMED = "confirmed", _("Being prepared")
    CLOSED = "closed", pgettext_lazy("of an order", "Closed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", pgettext_lazy("of an order", "Expired")


class Fulfilment(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("of an order", "Waiting")
    PROOFING = "proofing", _("Proof to be approved")
    APPROVED = "approved", _("Proof approved")
    IN_PRODUCTION = "in_production", _("Being made")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    PURCHASE_CONFIRMED = "purchase_confirmed", _("Purchase confirmed")


class SettlementState(models.TextChoices):
    ACCRUED = "accrued", _("Accrued")
    HELD = "held", _("Held until it cannot come back")
    AVAILABLE = "available", _("To be settled")
    BATCHED = "batched", _("On a statement")
    PAID = "paid", _("Paid out")
    REVERSED = "reversed", _("Reversed")


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, member: Any) -> "OrderQuerySet":
        """One's own, and from placing on those of a vendor for which one works; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        own = Q(purchase__member=member)
        return self.filter(own | (Q(vendor__in=Vendor.objects.staffed_by(member)) & ~Q(state__in=("draft", "expired"))))

    def of_vendor(self, vendor: Any) -> "OrderQuerySet":
        """What a vendor has to do with: placed at least."""
        return self.filter(vendor=vendor).exclude(state__in=(OrderState.DRAFT, OrderState.EXPIRED))


class Order(models.Model):
    """What one vendor delivers of a purchase. The delivery method and its name are a copy; `pickup_code` opens the counter.

    `amount`, `total` and `points_worth` are the sums of its lines, as in the purchase.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders", verbose_name=_("purchase"))
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="orders", verbose_name=_("vendor"))
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=OrderState, default=OrderState.DRAFT)
    fulfilment = models.CharField(_("fulfilment"), max_length=18, choices=Fulfilment, default=Fulfilment.WAITING)
    settlement = models.CharField(
        _("settlement"), max_length=9, choices=SettlementState, default=SettlementState.ACCRUED
    )
    method_kind = models.CharField(_("delivery"), max_length=6, blank=True)
    method_name = models.CharField(_("delivery method"), max_length=80, blank=True)
    method_place = models.CharField(_("where to pick it up"), max_length=300, blank=True)
    pickup_code = models.CharField(_("pick-up code"), max_length=12, blank=True, editable=False)
    amount = models.BigIntegerField(_("amount"))
    points_worth = models.BigIntegerField(_("paid in points"), default=0)
    total = models.BigIntegerField(_("to pay"))
    refunded = models.BigIntegerField(_("refunded"), default=0)
    promised_on = models.DateField(_("promised for"), null=True)
    note = models.CharField(_("note to the vendor"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    placed_at = models.DateTimeField(_("placed"), null=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    confirmed_at = models.DateTimeField(_("purchase confirmed"), null=True)
    returnable_until = models.DateTimeField(_("can be returned until"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "vendor"], name="orders_one_order_a_vendor"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, total__gte=0, points_worth__gte=0)
                & Q(amount=F("total") + F("points_worth")),
                name="orders_order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("total")), name="orders_order_refunded_within_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "expired", "cancelled")) | Q(placed_at__isnull=False),
                name="orders_placed_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "state", "placed_at"], name="orders_of_vendor"),
            models.Index(fields=["delivered_at"], condition=Q(fulfilment="delivered"), name="orders_to_confirm"),
            models.Index(fields=["returnable_until"], condition=Q(settlement="held"), name="orders_held_until"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_orders:order", args=[self.number])


class LineKind(models.TextChoices):
    ITEM = "item", _("Goods")
    DELIVERY = "delivery", _("Delivery")


class OrderLine(models.Model):
    """What was sold, at which terms: nothing in it changes but the counts of what was cancelled, shipped, returned.

    `amount` = `unit_price` × `quantity`; `discount` and `points_worth` are the sums of its allocations; what the vendor
    sells it for is `net` = amount − discount, on which `tax` (included) and `commission` (of which `commission_tax` is
    tax) are reckoned (rules 2.5, 2.11). The delivery of an order is a line too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=8, choices=LineKind, default=LineKind.ITEM)
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    variant = models.ForeignKey(Variant, models.PROTECT, null=True, related_name="+", verbose_name=_("variant"))
    schema = models.ForeignKey(Schema, models.PROTECT, null=True, related_name="+", verbose_name=_("schema"))
    cart_line_id = models.UUIDField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    options = models.CharField(_("options"), max_length=200, blank=True)
    sku = models.CharField(_("SKU"), max_length=64, blank=True)
    specification = models.JSONField(_("specification"), default=dict, blank=True)
    label = models.CharField(_("label"), max_length=40, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.BigIntegerField(_("price of one"))
    amount = models.BigIntegerField(_("amount"))
    discount = models.BigIntegerField(_("discount"), default=0)
    points_worth = models.BigIntegerField(_("paid in points"), default=0)
    tax_rate = models.PositiveSmallIntegerField(_("tax, in basis points"))
    tax = models.BigIntegerField(_("tax"))
    commission_plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    commission_rate = models.PositiveSmallIntegerField(_("commission, in basis points"))
    commission = models.BigIntegerField(_("commission"))
    commission_tax = models.BigIntegerField(_("tax in the commission"))
    warranty_months = models.PositiveSmallIntegerField(_("months of warranty"), default=0)
    return_days = models.PositiveSmallIntegerField(_("days in which it can be returned"), default=7)
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    returned = models.PositiveIntegerField(_("returned"), default=0)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_line_not_empty"),
            models.CheckConstraint(
                condition=Q(amount=F("unit_price") * F("quantity")), name="orders_line_amount_is_price_times_quantity"
            ),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, discount__gte=0, points_worth__gte=0)
                & Q(amount__gte=F("discount") + F("points_worth")),
                name="orders_line_takes_off_at_most_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("cancelled") + F("shipped"), shipped__gte=F("returned")),
                name="orders_line_counts_within_quantity",
            ),
            models.CheckConstraint(
                condition=Q(kind="delivery", variant=None, product=None, quantity=1)
                | Q(kind="item", variant__isnull=False, product__isnull=False),
                name="orders_line_is_goods_or_delivery",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(kind="delivery"), name="orders_one_delivery_an_order"
            ),
        ]
        indexes = [models.Index(fields=["product", "order"], name="orders_lines_of_product")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def net(self) -> int:
        """What the vendor sells the whole line for, taxes included."""
        return self.amount - self.discount

    @property
    def to_pay(self) -> int:
        """What was charged in money for the whole line."""
        return self.net - self.points_worth


class Stage(models.IntegerChoices):
    """The order in which discounts come off (rule 2.2)."""

    SALE = 1, pgettext_lazy("of a price", "Sale")
    VENDOR_ITEM = 2, _("Vendor's coupon for a thing")
    VENDOR_CART = 3, _("Vendor's coupon for the cart")
    SITE_ITEM = 4, _("The site's coupon for a thing")
    SITE_CART = 5, _("The site's coupon for the cart")
    DELIVERY = 6, _("Delivery")
    POINTS = 7, _("Points")
    PAYMENT = 8, _("Way of payment")


class Allocation(models.Model):
    """Money taken off a line: the only record of it. `units[i]` is the part of the i-th unit; they sum to `amount`.

    (source_kind, source_id) names what took it off; `funder` is who bears it: "vendor" or "site".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="allocations", verbose_name=_("line"))
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage)
    source_kind = models.CharField(_("cause"), max_length=40)
    source_id = models.UUIDField(_("key of the cause"), null=True)
    funder = models.CharField(_("borne by"), max_length=6, choices=[("vendor", _("Vendor")), ("site", _("Site"))])
    amount = models.BigIntegerField(_("amount"))
    units = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("money taken off")
        verbose_name_plural = _("money taken off")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="orders_allocation_takes_something")]

    def __str__(self) -> str:
        return f"-{self.amount} · {self.get_stage_display()}"


class Axis(models.TextChoices):
    ORDER = "order", _("Order")
    PAYMENT = "payment", _("Payment")
    FULFILMENT = "fulfilment", _("Fulfilment")
    RETURN = "return", _("Return")
    SETTLEMENT = "settlement", _("Settlement")


class OrderEvent(models.Model):
    """A step on an axis: who, from where to where, why, by which transaction. A trigger refuses changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="events", verbose_name=_("purchase"))
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="events", verbose_name=_("order"))
    axis = models.CharField(_("axis"), max_length=10, choices=Axis)
    event = models.CharField(_("event"), max_length=30)
    before = models.CharField(_("from"), max_length=18)
    after = models.CharField(_("to"), max_length=18)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reference = models.UUIDField(_("transaction"), null=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")
        indexes = [
            models.Index(fields=["order", "at"], name="orders_events_of_order"),
            models.Index(fields=["purchase", "at"], name="orders_events_of_purchase"),
        ]

    def __str__(self) -> str:
        return f"{self.axis}: {self.before} → {self.after}"


class Parcel(models.Model):
    """What left at once, with its tracking number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="parcels", verbose_name=_("order"))
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), default=clock.now)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ("shipped_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "carrier", "tracking"], condition=~Q(tracking=""), name="orders_parcel_once_an_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking}"


class ParcelLine(models.Model):
    """How many of a line a parcel holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines", verbose_name=_("parcel"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="parcel_lines", verbose_name=_("line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("content of a parcel")
        verbose_name_plural = _("contents of parcels")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_parcel_line_not_empty"),
            models.UniqueConstraint(fields=["parcel", "line"], name="orders_parcel_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"
