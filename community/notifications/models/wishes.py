"""What a member wants to be told, by which channel, and when not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A way to a member."""

    PAGE = "page", _("On the page")
    LETTER = "letter", _("Letter at once")
    DIGEST = "digest", _("In the digest")


class Rhythm(models.TextChoices):
    """How often the digest comes."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")


class Switch(models.Model):
    """A member's own setting of one kind on one channel; without a row the kind's default holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_switches")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel)
    on = models.BooleanField()

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="switch_one_a_kind_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.channel}: {'on' if self.on else 'off'}"


class Habit(models.Model):
    """A member's quiet hours and digest. The hours are read on the clock of the member's own zone."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_habit"
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    rhythm = models.CharField(_("digest"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    digest_at = models.DateTimeField(_("last digest"), null=True, blank=True)

    class Meta:
        verbose_name = _("habit")
        verbose_name_plural = _("habits")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until")),
                name="habit_quiet_hours_have_two_ends",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rhythm}, {self.quiet_from}–{self.quiet_until}"
