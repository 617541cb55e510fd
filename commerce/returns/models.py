"""What comes back: asked for by the member, decided, received and inspected by the vendor, then refunded."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Order, OrderLine
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class ReturnState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Declined")
    RECEIVED = "received", _("Received")
    REFUNDED = "refunded", _("Refunded")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReturnReason(models.TextChoices):
    CHANGED_MIND = "changed_mind", _("I changed my mind")
    DEFECT = "defect", _("It is faulty")
    NOT_AS_DESCRIBED = "not_as_described", _("It is not as described")
    WRONG_ITEM = "wrong_item", _("It is not what I ordered")
    LATE = "late", _("It came too late")


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, member: Any) -> "ReturnQuerySet":
        """One's own, and those of a vendor one is staff of; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if member.is_operator:
            return self
        return self.filter(Q(order__member=member) | Q(order__vendor__in=Vendor.objects.staffed_by(member)))


class Return(models.Model):
    """One request to send something of an order back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=10, choices=ReturnState, default=ReturnState.REQUESTED)
    note = models.CharField(_("note"), max_length=500, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    refund_amount = models.BigIntegerField(_("refunded"), default=0)
    refund_points = models.BigIntegerField(_("points given back"), default=0)
    requested_at = models.DateTimeField(_("asked"), default=clock.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    received_at = models.DateTimeField(_("received"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        indexes = [models.Index(fields=["order", "requested_at"], name="returns_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} · {self.state}"


class ReturnLine(models.Model):
    """So many of a line. `restocked` of the `accepted` ones go back to stock after inspection.

    `units` are the numbers of the units that come back, which decide the exact amount (rule 2.5).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(Return, models.PROTECT, related_name="lines", verbose_name=_("return"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines", verbose_name=_("order line"))
    quantity = models.PositiveIntegerField(_("quantity"))
    units = models.JSONField(_("units"), default=list)
    reason = models.CharField(_("reason"), max_length=16, choices=ReturnReason)
    accepted = models.PositiveIntegerField(_("taken back"), default=0)
    restocked = models.PositiveIntegerField(_("back in stock"), default=0)

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of returns")
        constraints = [
            models.UniqueConstraint(fields=["request", "line"], name="returns_line_once_a_return"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="returns_line_not_empty"),
            models.CheckConstraint(condition=Q(accepted__lte=F("quantity")), name="returns_accepts_at_most_the_asked"),
            models.CheckConstraint(
                condition=Q(restocked__lte=F("accepted")), name="returns_restocks_at_most_the_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"
