"""What the operators tell everyone."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.foundation.ids import uuid7


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Questions about announcements."""

    def visible_to(self, member) -> "AnnouncementQuerySet":
        """Announcements speak to everyone, once they are made."""
        return self.filter(made_at__isnull=False)


class Announcement(models.Model):
    """Words of the operators to all members, in both languages of the site."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title_ko = models.CharField(_("title (Korean)"), max_length=120)
    body_ko = models.TextField(
        _("text (Korean)"), max_length=5000, help_text=_("Plain paragraphs; an empty line parts them.")
    )
    title_en = models.CharField(_("title (English)"), max_length=120)
    body_en = models.TextField(
        _("text (English)"), max_length=5000, help_text=_("Plain paragraphs; an empty line parts them.")
    )
    by_letter = models.BooleanField(
        _("also by letter"), default=False, help_text=_("Letters go out by and by, outside each member's quiet hours.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("told at"), null=True, blank=True, editable=False)
    told = models.PositiveIntegerField(_("members told"), default=0, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told=0) | models.Q(made_at__isnull=False), name="announcement_told_is_made"
            )
        ]
        indexes = [models.Index(fields=["-made_at"], name="announcement_made")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community_notifications:announcement", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_ko if (get_language() or "ko").startswith("ko") else self.title_en

    @property
    def body(self) -> str:
        return self.body_ko if (get_language() or "ko").startswith("ko") else self.body_en
