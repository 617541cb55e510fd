"""Texts that are not published yet."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from community.foundation.clock import now
from community.foundation.ids import uuid7

KEY_LENGTH = 100
BODY_LENGTH = 20_000
TITLE_LENGTH = 200


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Any) -> Self:
        """One's own, and nobody else's: what is not published is private even to operators."""
        return self.filter(member=member.pk) if member.is_authenticated else self.none()


class Draft(models.Model):
    """What one member is writing in one place. `key` names the place: "topic:<board>", "post:<topic>", "edit:<post>".

    `sequence` grows by one with every save of the tab that writes; a save that does not know the latest is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name=_("member")
    )
    key = models.CharField(_("place"), max_length=KEY_LENGTH)
    sequence = models.PositiveBigIntegerField(_("sequence"), default=0)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"), blank=True, max_length=BODY_LENGTH)
    updated_at = models.DateTimeField(_("kept"), default=now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="draft_one_a_place"),
            models.CheckConstraint(condition=~Q(key=""), name="draft_names_its_place"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("body"), BODY_LENGTH), name="draft_at_most_20000_characters"
            ),
        ]
        indexes = [models.Index(fields=["member", "-updated_at", "-id"], name="draft_newest_first")]

    def __str__(self) -> str:
        return self.title or self.key
