"""What vendors are owed, by period, computed from the ledger; locked once approved."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Order
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class StatementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved")
    PAID = "paid", _("Paid out")


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, member: Any) -> "StatementQuerySet":
        """Those of a vendor whose owner or manager one is; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        return self.filter(vendor__in=Vendor.objects.staffed_by(member, "owner", "manager"))


class Statement(models.Model):
    """What a vendor is owed for a period: the days `starts_on` to `ends_on`, both included, in the site's time zone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="statements", verbose_name=_("vendor"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=8, choices=StatementState, default=StatementState.DRAFT)
    currency = models.CharField(_("currency"), max_length=3)
    sales = models.BigIntegerField(_("sales"), default=0)
    refunds = models.BigIntegerField(_("refunds"), default=0)
    commission = models.BigIntegerField(_("commission"), default=0)
    promotions = models.BigIntegerField(_("discounts borne by the site"), default=0)
    points = models.BigIntegerField(_("points borne by the site"), default=0)
    payout = models.BigIntegerField(_("to be paid out"), default=0)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    paid_at = models.DateTimeField(_("paid out"), null=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["vendor", "starts_on"], name="settlement_one_a_vendor_and_period"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="settlement_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(payout=F("sales") - F("refunds") - F("commission") + F("promotions") + F("points")),
                name="settlement_payout_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor} · {self.starts_on}"


class StatementLine(models.Model):
    """One order (or its refund, negative) in a statement. An order stands in one statement alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name=_("statement"))
    order = models.ForeignKey(Order, models.PROTECT, related_name="statement_lines", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=10)
    key = models.CharField(max_length=120, unique=True)
    sales = models.BigIntegerField(default=0)
    refunds = models.BigIntegerField(default=0)
    commission = models.BigIntegerField(default=0)
    promotions = models.BigIntegerField(default=0)
    points = models.BigIntegerField(default=0)
    payout = models.BigIntegerField(default=0)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")

    def __str__(self) -> str:
        return f"{self.kind} · {self.payout}"
