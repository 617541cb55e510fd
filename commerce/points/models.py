"""How points are earned. What anyone holds is in the ledger alone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.points import acts
from community.foundation import clock
from community.foundation.ids import uuid7


class EarningRule(models.Model):
    """So many points for an act, within caps (0: no cap). Which acts there are, code says (`acts`); what they bring is
    the operators' to decide. `rate` (basis points of the money paid) is for purchases alone.
    """

    act = models.SlugField(_("act"), primary_key=True, max_length=30)
    points = models.PositiveIntegerField(_("points an act"), default=0)
    rate = models.PositiveSmallIntegerField(
        _("basis points of the amount paid"), default=0, help_text=_("100 are 1 %. For purchases alone.")
    )
    most_an_act = models.PositiveIntegerField(_("most points an act"), default=0, help_text=_("0: no cap"))
    most_a_day = models.PositiveIntegerField(_("most points a member and day"), default=0, help_text=_("0: no cap"))
    most_a_member = models.PositiveIntegerField(_("most points a member, ever"), default=0, help_text=_("0: no cap"))
    days_pending = models.PositiveSmallIntegerField(
        _("days until they can be spent"), default=0, help_text=_("Time in which the thing may still be taken down.")
    )
    days_valid = models.PositiveSmallIntegerField(_("days until they expire"), default=365)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("rule of earning")
        verbose_name_plural = _("rules of earning")
        constraints = [
            models.CheckConstraint(condition=Q(rate__lte=10_000), name="points_rate_at_most_the_whole"),
            models.CheckConstraint(condition=Q(days_valid__gte=1), name="points_valid_for_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return str(acts.title(self.act))


class EarningState(models.TextChoices):
    PENDING = "pending", _("Pending")
    AVAILABLE = "available", pgettext_lazy("of points and money", "Available")
    REVERSED = "reversed", _("Taken back")


class EarningQuerySet(models.QuerySet["Earning"]):
    def visible_to(self, member: Any) -> "EarningQuerySet":
        """One's own; operators see all."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        return self if member.is_operator else self.filter(member=member)


class Earning(models.Model):
    """Points that one act brought one member. `key` names the act, so that it earns once; (source_kind, source_id) the
    thing that was made, as others point at it. `reason` are an operator's words for a grant.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="earnings", verbose_name=_("member")
    )
    rule = models.ForeignKey(EarningRule, models.PROTECT, null=True, related_name="earnings", verbose_name=_("rule"))
    key = models.CharField(_("key"), max_length=120, unique=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    source_kind = models.CharField(_("cause"), max_length=40, blank=True)
    source_id = models.UUIDField(_("key of the cause"), null=True)
    points = models.PositiveIntegerField(_("points"))
    taken_back = models.PositiveIntegerField(_("taken back"), default=0)
    days_valid = models.PositiveSmallIntegerField(_("days until they expire"))
    state = models.CharField(_("state"), max_length=10, choices=EarningState, default=EarningState.PENDING)
    earned_at = models.DateTimeField(_("earned"), default=clock.now)
    available_at = models.DateTimeField(_("available from"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("granted by")
    )

    objects = EarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("earning")
        verbose_name_plural = _("earnings")
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="points_earning_not_empty"),
            models.CheckConstraint(condition=Q(days_valid__gte=1), name="points_earning_valid_for_a_day"),
            models.CheckConstraint(condition=Q(taken_back__lte=F("points")), name="points_taken_back_within_earned"),
            models.CheckConstraint(
                condition=Q(state="reversed", taken_back=F("points"))
                | ~Q(state="reversed") & Q(taken_back__lt=F("points")),
                name="points_reversed_when_all_is_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(rule=None, granted_by__isnull=False) | Q(rule__isnull=False, granted_by=None),
                name="points_earned_by_rule_or_grant",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "id"], name="points_earnings_of_member"),
            models.Index(fields=["member", "rule", "earned_at"], name="points_earnings_by_day"),
            models.Index(fields=["source_kind", "source_id"], name="points_earnings_of_source"),
            models.Index(fields=["available_at"], condition=Q(state="pending"), name="points_earnings_due"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.points}"

    @property
    def kept(self) -> int:
        """What was not taken back."""
        return self.points - self.taken_back
