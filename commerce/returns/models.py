"""Returns: which units of an order come back, why, how they arrived, and what the buyer got for them (2.31)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models import Order, OrderLine
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class ReturnState(models.TextChoices):
    """The axis RETURN of rule 2.4, and its end by the buyer."""

    REQUESTED = "requested", _("Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("of a return", "Accepted")
    REJECTED = "rejected", pgettext_lazy("of a return", "Turned down")
    RECEIVED = "received", pgettext_lazy("of a return", "Arrived and inspected")
    REFUNDED = "refunded", pgettext_lazy("of a return", "Refunded")
    REPLACED = "replaced", pgettext_lazy("of a return", "Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a return", "Withdrawn")


OPEN = (ReturnState.REQUESTED, ReturnState.ACCEPTED, ReturnState.RECEIVED)
"""Something is still to come: no money is released and no order closed meanwhile."""


class Why(models.TextChoices):
    CHANGED_MIND = "changed_mind", _("I changed my mind")
    DAMAGED = "damaged", _("It is damaged or does not work")
    WRONG = "wrong", _("Something else came")
    NOT_AS_DESCRIBED = "not_as_described", _("It is not as described")
    OTHER = "other", _("For another reason")


FAULTS = (Why.DAMAGED, Why.WRONG, Why.NOT_AS_DESCRIBED)
"""Reasons that the vendor answers for: longer times, the way back and the delivery at the vendor's cost."""


class Wants(models.TextChoices):
    REFUND = "refund", _("My money back")
    REPLACEMENT = "replacement", _("The same again, as it should be")


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, member: Any) -> "ReturnQuerySet":
        """One's own, and those of a vendor for which one works; operators see all."""
        return self.seen_as(member, buyer=True, staff=True, operator=True)

    def seen_as(self, member: Any, *, buyer: bool, staff: bool, operator: bool) -> "ReturnQuerySet":
        """What a member sees in these roles alone, so far as they have them."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        if operator and member.is_operator:
            return self
        seen = Q(pk__in=[])
        if buyer:
            seen |= Q(order__purchase__member=member)
        if staff:
            seen |= Q(order__vendor__in=Vendor.objects.staffed_by(member))
        return self.filter(seen)

    def of_vendor(self, vendor: Vendor) -> "ReturnQuerySet":
        return self.filter(order__vendor=vendor)

    def open(self) -> "ReturnQuerySet":
        return self.filter(state__in=OPEN)


class Return(models.Model):
    """Units of one order that their buyer gives back. Locked at the place "return", after its order.

    `answer` is what the vendor says to the buyer. `due_at` is the clock of an open one: then it is accepted, lapses or is
    refunded by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="returns", verbose_name=_("order"))
    number = models.CharField(_("number"), max_length=28, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=ReturnState, default=ReturnState.REQUESTED)
    wants = models.CharField(_("wanted instead"), max_length=11, choices=Wants, default=Wants.REFUND)
    note = models.CharField(_("what the buyer says"), max_length=1000, blank=True)
    answer = models.CharField(_("what the vendor says"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    requested_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True)
    sent_at = models.DateTimeField(_("sent back"), null=True)
    received_at = models.DateTimeField(pgettext_lazy("of a return", "arrived"), null=True)
    ended_at = models.DateTimeField(pgettext_lazy("of a return", "ended"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_at__isnull=False, ended_at=None)
                | (~Q(state__in=OPEN) & Q(due_at=None, ended_at__isnull=False)),
                name="returns_open_ones_have_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("requested", "withdrawn")) | Q(decided_at__isnull=False),
                name="returns_decided_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(answer=""), name="returns_no_comes_with_a_why"),
            models.CheckConstraint(
                condition=~Q(state__in=("received", "refunded", "replaced")) | Q(received_at__isnull=False),
                name="returns_received_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "requested_at"], name="returns_of_order"),
            models.Index(fields=["due_at"], condition=Q(state__in=OPEN), name="returns_due"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commerce_returns:return", args=[self.number])


class ReturnLine(models.Model):
    """How many of a line come back and why; how many arrived, how many of those can be sold again, how many are refunded.

    `words` are the buyer's own, beside the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    of = models.ForeignKey(Return, models.CASCADE, related_name="lines", verbose_name=_("return"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines", verbose_name=_("line"))
    reason = models.CharField(_("reason"), max_length=16, choices=Why)
    words = models.CharField(_("in the buyer's words"), max_length=300, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    received = models.PositiveIntegerField(pgettext_lazy("of a return", "arrived"), default=0)
    good = models.PositiveIntegerField(_("can be sold again"), default=0)
    refunded = models.PositiveIntegerField(_("refunded"), default=0)

    class Meta:
        verbose_name = _("content of a return")
        verbose_name_plural = _("contents of returns")
        constraints = [
            models.UniqueConstraint(fields=["of", "line"], name="returns_line_once_a_return"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, received__lte=F("quantity"), good__lte=F("received"))
                & Q(refunded__lte=F("received")),
                name="returns_line_counts_follow_each_other",
            ),
        ]
        indexes = [models.Index(fields=["line"], name="returns_by_line")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"

    @property
    def is_fault(self) -> bool:
        return self.reason in FAULTS

    @property
    def waiting(self) -> int:
        """Arrived, and not refunded yet."""
        return self.received - self.refunded
