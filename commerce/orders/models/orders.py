"""An order: what one vendor delivers of a purchase."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models.purchases import Purchase
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


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
    READY = "ready", _("Ready to be picked up")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    PURCHASE_CONFIRMED = "purchase_confirmed", _("Purchase confirmed")


class SettlementState(models.TextChoices):
    ACCRUED = "accrued", _("Accrued")
    HELD = "held", _("Held until it cannot come back")
    AVAILABLE = "available", _("To be settled")
    BATCHED = "batched", _("On a statement")
    PAID = "paid", pgettext_lazy("of an order", "Paid out")
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

    `amount`, `total` and `points_worth` are the sums of its lines, as in the purchase; `headline` is the title of the
    first thing in it and `goods` how many lines of goods there are, so that lists and letters name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="orders", verbose_name=_("purchase"))
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="orders", verbose_name=_("vendor"))
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    headline = models.CharField(_("first thing in it"), max_length=200, blank=True, editable=False)
    goods = models.PositiveSmallIntegerField(_("things in it"), default=0, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=OrderState, default=OrderState.DRAFT)
    fulfilment = models.CharField(_("fulfilment"), max_length=18, choices=Fulfilment, default=Fulfilment.WAITING)
    settlement = models.CharField(
        _("settlement"), max_length=9, choices=SettlementState, default=SettlementState.ACCRUED
    )
    method_kind = models.CharField(pgettext_lazy("of an order", "delivery"), max_length=6, blank=True)
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
    delivered_at = models.DateTimeField(pgettext_lazy("of an order", "delivered"), null=True)
    confirmed_at = models.DateTimeField(_("purchase confirmed"), null=True)
    returnable_until = models.DateTimeField(_("can be returned until"), null=True)
    closed_at = models.DateTimeField(pgettext_lazy("of an order", "closed"), null=True)
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
            models.UniqueConstraint(
                fields=["vendor", "pickup_code"], condition=~Q(pickup_code=""), name="orders_pickup_code_once_a_vendor"
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "state", "placed_at"], name="orders_of_vendor"),
            models.Index(fields=["shipped_at"], condition=Q(fulfilment="shipped"), name="orders_on_their_way"),
            models.Index(
                fields=["returnable_until"],
                condition=Q(state="confirmed", fulfilment="purchase_confirmed"),
                name="orders_to_close",
            ),
            models.Index(fields=["delivered_at"], condition=Q(fulfilment="delivered"), name="orders_to_confirm"),
            models.Index(fields=["returnable_until"], condition=Q(settlement="held"), name="orders_held_until"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_orders:order", args=[self.number])
