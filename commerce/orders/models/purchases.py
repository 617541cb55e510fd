"""A purchase: what a member pays at once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    headline = models.CharField(_("first thing in it"), max_length=200, blank=True, editable=False)
    goods = models.PositiveSmallIntegerField(_("things in it"), default=0, editable=False)
    payment = models.CharField(_("payment"), max_length=18, choices=PaymentState, default=PaymentState.NONE)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.BigIntegerField(_("amount"))
    points = models.BigIntegerField(_("points"), default=0)
    points_worth = models.BigIntegerField(_("worth of the points"), default=0)
    total = models.BigIntegerField(_("to pay"))
    refunded = models.BigIntegerField(_("refunded"), default=0)
    points_returned = models.BigIntegerField(_("points returned"), default=0)
    points_worth_returned = models.BigIntegerField(_("worth of the points returned"), default=0)
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
                & Q(points_returned__gte=0, points_returned__lte=F("points"))
                & Q(points_worth_returned__gte=0, points_worth_returned__lte=F("points_worth")),
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
