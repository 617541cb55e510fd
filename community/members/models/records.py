"""What members did by day, their tokens, and the archives they asked for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.models.member import Member


class Activity(models.Model):
    """How often a member did one kind of act on one day (UTC): limits are held here, trust levels are read here."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="activities")
    act = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    minute = models.DateTimeField()
    minute_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [models.UniqueConstraint("member", "act", "day", name="activity_once_a_day")]
        indexes = [models.Index(fields=["day", "member"], name="activity_day")]

    def __str__(self) -> str:
        return f"{self.act} {self.day}"


class PersonalToken(models.Model):
    """The name a member gave to an access token of their own. The token itself is kept by its checksum alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="personal_tokens")
    access_token = models.OneToOneField("oauth2_provider.AccessToken", models.CASCADE, related_name="personal")
    name = models.CharField(_("name"), max_length=60)
    ending = models.CharField(max_length=4)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("personal token")
        verbose_name_plural = _("personal tokens")
        indexes = [models.Index(fields=["member", "-created_at"], name="personal_token_of")]

    def __str__(self) -> str:
        return self.name


class DataExport(models.Model):
    """A member asked for everything the site holds about them; the file goes after a week."""

    WAITING, READY, FAILED = "waiting", "ready", "failed"
    STATES = [(WAITING, _("being made")), (READY, _("ready")), (FAILED, _("failed"))]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        constraints = [
            models.UniqueConstraint("member", condition=Q(state="waiting"), name="data_export_one_at_a_time"),
            models.CheckConstraint(condition=Q(state="ready") ^ Q(file=""), name="data_export_ready_has_file"),
        ]
        indexes = [models.Index(fields=["member", "-asked_at"], name="data_export_of")]
