"""Money from and back to members by a payment provider: attempts, refunds, and what the provider told us, once each."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Purchase
from community.foundation import clock
from community.foundation.ids import uuid7


class AttemptState(models.TextChoices):
    PENDING = "pending", _("Pending")
    ACTION_REQUIRED = "action_required", _("Waiting for the member")
    AUTHORISED = "authorised", _("Authorised")
    CAPTURED = "captured", _("Captured")
    FAILED = "failed", _("Failed")
    VOIDED = "voided", _("Called off")


LIVE = (AttemptState.PENDING, AttemptState.ACTION_REQUIRED, AttemptState.AUTHORISED)


class PaymentAttempt(models.Model):
    """One try to pay a purchase; at most one of them is live. `sequence` is that of the last event of the provider that
    was applied: older ones are ignored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="attempts", verbose_name=_("purchase"))
    provider = models.CharField(_("provider"), max_length=20)
    method = models.CharField(_("method"), max_length=40)
    state = models.CharField(_("state"), max_length=15, choices=AttemptState, default=AttemptState.PENDING)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("provider's reference"), max_length=120, blank=True)
    action_url = models.URLField(_("where the member goes on"), max_length=600, blank=True)
    failure = models.CharField(_("why it failed"), max_length=120, blank=True)
    sequence = models.BigIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    settled_at = models.DateTimeField(_("settled"), null=True)
    checked_at = models.DateTimeField(_("last asked for"), null=True)

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["purchase"],
                condition=Q(state__in=["pending", "action_required", "authorised"]),
                name="payments_one_live_attempt_a_purchase",
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="payments_reference_once_a_provider"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_attempt_takes_something"),
        ]
        indexes = [
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["pending", "action_required", "authorised"]),
                name="payments_live_attempts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference} · {self.state}"


class RefundState(models.TextChoices):
    PENDING = "pending", _("On its way")
    DONE = "done", _("Refunded")
    FAILED = "failed", _("Failed")


class Refund(models.Model):
    """Money on its way back. `key` names what caused it, so that it is sent once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    order = models.ForeignKey(
        "commerce_orders.Order", models.PROTECT, null=True, related_name="refunds", verbose_name=_("order")
    )
    key = models.CharField(_("key"), max_length=120, unique=True)
    amount = models.BigIntegerField(_("amount"))
    state = models.CharField(_("state"), max_length=8, choices=RefundState, default=RefundState.PENDING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reference = models.CharField(_("provider's reference"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_gives_something")]

    def __str__(self) -> str:
        return f"{self.amount} · {self.state}"


class ProviderEvent(models.Model):
    """What a provider told us, stored in the transaction that applies it: a repeat meets the constraint."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("event"), max_length=120)
    kind = models.CharField(_("kind"), max_length=60)
    reference = models.CharField(_("reference"), max_length=120)
    sequence = models.BigIntegerField(default=0)
    applied = models.BooleanField(_("applied"), default=False)
    at = models.DateTimeField(_("received"), default=clock.now)

    class Meta:
        verbose_name = _("event of a provider")
        verbose_name_plural = _("events of providers")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="payments_event_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind}"


class StoredCardQuerySet(models.QuerySet["StoredCard"]):
    def visible_to(self, member: Any) -> "StoredCardQuerySet":
        """One's own alone."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class StoredCard(models.Model):
    """A card that the provider holds for a member; here are its handle and what people know it by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stored_cards", verbose_name=_("member")
    )
    provider = models.CharField(_("provider"), max_length=20)
    reference = models.CharField(max_length=120, editable=False)
    brand = models.CharField(_("brand"), max_length=20)
    last4 = models.CharField(_("last digits"), max_length=4)
    expires = models.CharField(_("valid until"), max_length=7)
    preferred = models.BooleanField(_("preferred"), default=False)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = StoredCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored card")
        verbose_name_plural = _("stored cards")
        constraints = [
            models.UniqueConstraint(fields=["provider", "reference"], name="payments_card_once"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(preferred=True), name="payments_one_preferred_card_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand} ···· {self.last4}"
