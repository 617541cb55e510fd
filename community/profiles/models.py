"""Answers to voluntary questions, and consents with their history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.models import Member


class Answer(models.Model):
    """What a member told about one field (see `fields`), or that they would rather not be asked.

    Without a value and not declined, it only says when the question was last put before them.
    """

    ME, MEMBERS, EVERYONE = "me", "members", "everyone"
    VISIBILITIES = [(ME, _("only me")), (MEMBERS, _("members")), (EVERYONE, _("everyone"))]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="answers")
    field = models.CharField(_("field"), max_length=30)
    value = models.JSONField(_("value"), null=True)
    visibility = models.CharField(_("seen by"), max_length=10, choices=VISIBILITIES, default=ME)
    declined = models.BooleanField(_("would rather not say"), default=False)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint("member", "field", name="answer_once_a_field"),
            models.CheckConstraint(
                condition=Q(visibility__in=["me", "members", "everyone"]), name="answer_visibility_known"
            ),
            models.CheckConstraint(condition=~Q(value__isnull=False, declined=True), name="answer_given_or_declined"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, answered_at=None) | Q(value__isnull=False, answered_at__isnull=False),
                name="answer_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["field", "value"], name="answer_by_value")]

    def __str__(self) -> str:
        return self.field


class Consent(models.Model):
    """One dated decision of a member about one purpose; the newest of a purpose holds, the older ones are its history."""

    MARKETING, NIGHT, PUSH, PROFILING = "marketing_mail", "night_mail", "push", "profiling"
    PURPOSES = [
        (MARKETING, _("offers and news by e-mail")),
        (NIGHT, _("offers and news by e-mail at night, from 21 to 8 o'clock")),
        (PUSH, _("notices on this device")),
        (PROFILING, _("learning from what I look for and read")),
    ]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=PURPOSES)
    granted = models.BooleanField(_("granted"))
    wording = models.CharField(_("version of the wording"), max_length=20)
    at = models.DateTimeField(_("decided at"), default=clock.now)
    current = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint("member", "purpose", condition=Q(current=True), name="consent_one_holds"),
            models.CheckConstraint(
                condition=Q(purpose__in=["marketing_mail", "night_mail", "push", "profiling"]),
                name="consent_purpose_known",
            ),
        ]
        indexes = [models.Index(fields=["member", "-at"], name="consent_history")]

    def __str__(self) -> str:
        return self.get_purpose_display()
