"""Money in and out at a payment provider: attempts, refunds, what the provider told, and ways of payment it keeps for members."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models import Purchase
from community.foundation import clock
from community.foundation.ids import uuid7


class AttemptState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("of a payment", "Pending")
    AUTHORISED = "authorised", _("Authorised")
    CAPTURED = "captured", _("Paid")
    FAILED = "failed", pgettext_lazy("of a payment", "Failed")
    VOIDED = "voided", pgettext_lazy("of a payment", "Voided")


LIVE = (AttemptState.PENDING, AttemptState.AUTHORISED)
"""States in which a provider may still take the money."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, member: Any) -> "AttemptQuerySet":
        """Those of one's own purchases; operators look all up in their admin."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self.filter(purchase__member=member)

    def alive(self) -> "AttemptQuerySet":
        return self.filter(state__in=LIVE)


class Attempt(models.Model):
    """One try to pay a purchase; at most one a purchase is alive. Its id is the provider's idempotency key.

    `sequence` is the provider's own number or time (ms) of the newest event applied: older ones are ignored (rule 2.4).
    `asked_at` is when the provider was last asked. One that is `capture_later` stays authorised until an act captures it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="attempts", verbose_name=_("purchase"))
    provider = models.CharField(_("provider"), max_length=20)
    method = models.CharField(_("way of payment"), max_length=60)
    capture_later = models.BooleanField(_("captured later"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=AttemptState, default=AttemptState.PENDING)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.BigIntegerField(_("amount"))
    authorised = models.BigIntegerField(_("authorised"), default=0)
    captured = models.BigIntegerField(_("captured"), default=0)
    refunded = models.BigIntegerField(_("refunded"), default=0)
    reference = models.CharField(_("reference at the provider"), max_length=120, blank=True)
    action_url = models.CharField(_("where the buyer goes on"), max_length=500, blank=True)
    failure = models.CharField(_("why it failed"), max_length=60, blank=True)
    sequence = models.BigIntegerField(_("newest event"), default=0)
    asked_at = models.DateTimeField(_("last asked"), null=True)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=["purchase"],
                condition=Q(state__in=("pending", "authorised")),
                name="payments_one_live_attempt_a_purchase",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0)
                & Q(captured__gte=F("refunded"))
                & Q(authorised__gte=F("captured"))
                & Q(amount__gte=F("authorised")),
                name="payments_refunded_captured_authorised",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_attempt_of_something"),
            models.UniqueConstraint(
                fields=["provider", "reference"], condition=~Q(reference=""), name="payments_reference_once_a_provider"
            ),
        ]
        indexes = [
            models.Index(fields=["made_at"], condition=Q(state__in=("pending", "authorised")), name="payments_alive")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference or self.pk}"

    @property
    def alive(self) -> bool:
        return self.state in LIVE


class RefundState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("of a payment", "Pending")
    DONE = "done", pgettext_lazy("of a payment", "Done")
    FAILED = "failed", pgettext_lazy("of a payment", "Failed")


class Refund(models.Model):
    """Money that goes back through the attempt that brought it. Its id with `round` is the provider's idempotency key.

    `refunded` of the attempt is raised when the row is written, so that rivals never give back more than came. It stays
    raised when the provider refuses: the money is owed still, and an operator sends it again, in another round.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    key = models.CharField(_("key"), max_length=160, unique=True)
    amount = models.BigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=RefundState, default=RefundState.PENDING)
    reference = models.CharField(_("reference at the provider"), max_length=120, blank=True)
    failure = models.CharField(_("why it failed"), max_length=60, blank=True)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("next try"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_of_something")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="payments_refunds_to_send"),
            models.Index(fields=["made_at"], condition=Q(state="failed"), name="payments_refunds_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.get_state_display()}"


class EventOutcome(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("of a message", "Applied")
    UNCHANGED = "unchanged", pgettext_lazy("of a message", "Nothing new")
    OLDER = "older", pgettext_lazy("of a message", "Older than what is known")
    NOTED = "noted", pgettext_lazy("of a message", "Noted")
    MISMATCH = "mismatch", pgettext_lazy("of a message", "Does not fit")
    UNKNOWN = "unknown", pgettext_lazy("of a message", "About nothing of ours")
    ALARM = "alarm", pgettext_lazy("of a message", "To be looked at")


class ProviderEvent(models.Model):
    """What a provider told, once: written in the transaction that applies it (rule 2.4). `outcome` says what became of it.

    `payload` holds keys, states and amounts, never what the provider knows of a person. What does not fit waits for an
    operator until `seen_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("event"), max_length=160)
    kind = models.CharField(_("kind"), max_length=60)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, related_name="provider_events", verbose_name=_("payment")
    )
    payload = models.JSONField(_("content"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=EventOutcome)
    at = models.DateTimeField(_("at"), default=clock.now)
    seen_at = models.DateTimeField(_("looked at"), null=True)

    class Meta:
        verbose_name = _("message of a provider")
        verbose_name_plural = _("messages of providers")
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="payments_event_once")]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(outcome__in=("mismatch", "alarm"), seen_at=None), name="payments_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"


class KeptMethodQuerySet(models.QuerySet["KeptMethod"]):
    def visible_to(self, member: Any) -> "KeptMethodQuerySet":
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class KeptMethod(models.Model):
    """A card that the provider keeps for a member: we hold its token and what is printed on a receipt, never a number.

    One that is to be forgotten is nobody's any more: a job tells the provider, then deletes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="kept_payment_methods",
        verbose_name=_("member"),
    )
    provider = models.CharField(_("provider"), max_length=20)
    customer = models.CharField(max_length=120, editable=False)
    token = models.CharField(max_length=120, editable=False)
    brand = models.CharField(_("brand"), max_length=20, blank=True)
    last4 = models.CharField(_("last four digits"), max_length=4, blank=True)
    expires = models.CharField(_("valid until"), max_length=7, blank=True)
    used_at = models.DateTimeField(_("last used"), default=clock.now, editable=False)

    objects = KeptMethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept way of payment")
        verbose_name_plural = _("kept ways of payment")
        constraints = [models.UniqueConstraint(fields=["provider", "token"], name="payments_token_once_a_provider")]

    def __str__(self) -> str:
        return f"{self.brand} ···· {self.last4}"
