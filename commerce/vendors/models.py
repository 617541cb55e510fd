"""Who sells here: a team with legal trader data, approved by an operator."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock
from community.foundation.analyser import search_document
from community.foundation.ids import uuid7
from community.members.models import TeamMember


class VendorState(models.TextChoices):
    APPLIED = "applied", _("Applied")
    APPROVED = "approved", pgettext_lazy("of a vendor", "Open")
    REFUSED = "refused", _("Refused")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class Waiting(models.TextChoices):
    """What people wait for a vendor to answer."""

    REVIEW = "review", _("Reviews")
    QUESTION = "question", _("Questions")
    COMPLAINT = "complaint", _("Complaints")


class VendorQuerySet(models.QuerySet["Vendor"]):
    def open(self) -> "VendorQuerySet":
        """Those who sell now."""
        return self.filter(state=VendorState.APPROVED)

    def visible_to(self, member: Any) -> "VendorQuerySet":
        """Open vendors; one's own whatever its state; operators see all."""
        if getattr(member, "is_operator", False):
            return self
        if not getattr(member, "is_authenticated", False):
            return self.open()
        return self.filter(Q(state=VendorState.APPROVED) | Q(pk__in=Vendor.objects.staffed_by(member).values("pk")))

    def staffed_by(self, member: Any, *roles: str) -> "VendorQuerySet":
        """The vendors whose staff `member` is, in one of these roles (or any)."""
        if not getattr(member, "is_authenticated", False):
            return self.none()
        rows = TeamMember.objects.filter(member=member)
        return self.filter(team__in=(rows.filter(role__in=roles) if roles else rows).values("team"))


class Vendor(models.Model):
    """A seller: one-to-one with a team, which is steward of the subjects it sells (name and picture are the team's).

    The legal trader data are what the Korean e-commerce act (전자상거래법, article 10) has a shop show to everyone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    team = models.OneToOneField("community_members.Team", models.PROTECT, related_name="vendor", verbose_name=_("team"))
    slug = models.SlugField(_("address"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    introduction = models.TextField(_("introduction"), max_length=4000, blank=True)
    introduction_html = models.TextField(editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=VendorState, default=VendorState.APPLIED)

    legal_name = models.CharField(_("legal name"), max_length=120, blank=True)
    representative = models.CharField(_("representative"), max_length=80, blank=True)
    business_number = models.CharField(_("business registration number"), max_length=30, blank=True)
    mail_order_number = models.CharField(_("mail-order business report number"), max_length=40, blank=True)
    address = models.CharField(_("business address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail for customers"), blank=True)

    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("applied by"),
    )
    applied_at = models.DateTimeField(_("applied"), default=clock.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decision_reason = models.CharField(_("reason"), max_length=300, blank=True)
    payout_account = models.CharField(_("account for payouts"), max_length=80, blank=True)
    product_count = models.PositiveIntegerField(_("products on sale"), default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = VendorQuerySet.as_manager()

    class Meta:
        verbose_name = _("vendor")
        verbose_name_plural = _("vendors")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="vendors_vendor_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="vendors_vendor_name_not_empty"),
            models.CheckConstraint(condition=Q(state__in=VendorState.values), name="vendors_vendor_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "suspended")) | ~Q(decision_reason=""),
                name="vendors_no_without_a_reason",
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="vendors_search")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        only = kwargs.get("update_fields")
        if only is None or not {"name", "introduction"}.isdisjoint(only):
            self.search = search_document((self.name, "A"), (self.introduction, "D"))
            kwargs |= {"update_fields": {*only, "search"}} if only is not None else {}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("commerce_vendors:vendor", args=[self.slug])


class ReplyTime(models.Model):
    """How long people waited for a vendor's first answer: the median of the answered ones of the last 180 days, and how
    many had none. Computed by a job (`replying`); the page says how."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="reply_times")
    kind = models.CharField(_("kind"), max_length=9, choices=Waiting)
    median_minutes = models.PositiveIntegerField(_("median, in minutes"), null=True)
    answered = models.PositiveIntegerField(_("answered"), default=0)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("reply time")
        verbose_name_plural = _("reply times")
        constraints = [
            models.UniqueConstraint(fields=["vendor", "kind"], name="vendors_reply_time_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=Waiting.values), name="vendors_reply_time_known_kind"),
            models.CheckConstraint(
                condition=Q(answered__lte=models.F("asked")), name="vendors_answered_at_most_what_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(answered=0, median_minutes=None) | Q(answered__gt=0, median_minutes__isnull=False),
                name="vendors_median_of_what_was_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id} {self.kind}"
