"""What a complaint board adds to a topic: an owner, a clock, steps, an outcome; and complaints that came by mail."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.boards.models import Topic
from community.complaints import conf
from community.foundation import clock
from community.foundation.ids import uuid7


class Status(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    WORKING = "working", _("Being looked into")
    ANSWERED = "answered", _("Answered")
    CONFIRMED = "confirmed", _("Settled")
    REOPENED = "reopened", _("Reopened")


RUNNING = (Status.OPEN, Status.REOPENED)
"""The states in which the clock runs."""


class Desk(models.Model):
    """Who owns the complaints of a board unless they name another team, and how soon they answer."""

    board = models.OneToOneField(
        "community_boards.Board",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="desk",
        verbose_name=_("board"),
    )
    team = models.ForeignKey(
        "community_members.Team",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("team"),
        help_text=_("On a board where people see their own topics only, its members need the right to moderate."),
    )
    hours = models.PositiveSmallIntegerField(_("business hours to a first answer"), default=conf.HOURS)
    takes_mail = models.BooleanField(
        _("takes complaints by mail"),
        default=False,
        help_text=_("Only one board can; mail for any other is not looked at."),
    )

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=400), name="complaints_desk_hours_bounded"),
            models.UniqueConstraint(
                fields=["takes_mail"], condition=Q(takes_mail=True), name="complaints_one_desk_takes_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board} · {self.team}"


class Holiday(models.Model):
    """A day on which the clock stands still."""

    date = models.DateField(_("date"), primary_key=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, member: Any) -> "ComplaintQuerySet":
        """Complaints of the topics that `member` may see."""
        return self.filter(topic__in=Topic.objects.visible_to(member))

    def late_at(self, moment: dt.datetime) -> "ComplaintQuerySet":
        """Complaints whose clock ran out without an answer."""
        return self.filter(status__in=RUNNING, due_at__lt=moment)


class Complaint(models.Model):
    """A topic on a complaint board. `due_at` is when the clock that runs, or ran last, runs out."""

    topic = models.OneToOneField(
        "community_boards.Topic", on_delete=models.CASCADE, primary_key=True, related_name="complaint"
    )
    team = models.ForeignKey(
        "community_members.Team",
        on_delete=models.PROTECT,
        related_name="complaints",
        verbose_name=pgettext_lazy("of a complaint", "owner"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("answer due"))
    responded_at = models.DateTimeField(_("first response"), null=True, blank=True)
    closed_at = models.DateTimeField(_("settled"), null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    late_told_at = models.DateTimeField(_("told that it is late"), null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="complaints_known_status"),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="complaints_due_after_opening"),
            models.CheckConstraint(
                condition=Q(status="confirmed", closed_at__isnull=False) | ~Q(status="confirmed") & Q(closed_at=None),
                name="complaints_settled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="open", responded_at=None) | ~Q(status="open") & Q(responded_at__isnull=False),
                name="complaints_responded_once_worked_on",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=["open", "reopened"]), name="complaints_due"),
            models.Index(fields=["team", "status", "due_at"], name="complaints_of_team"),
        ]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def running(self) -> bool:
        """Whether someone waits for the team."""
        return self.status in RUNNING

    @property
    def late(self) -> bool:
        return self.running and self.due_at < clock.now()


class Step(models.Model):
    """One step of a complaint: the state it reached and what was said. Steps are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(_("status"), max_length=10, choices=Status)
    source = models.TextField(pgettext_lazy("of a complaint", "words"), blank=True)
    html = models.TextField(editable=False, blank=True)
    team = models.ForeignKey(
        "community_members.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("team"),
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("step of a complaint")
        verbose_name_plural = _("steps of complaints")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="complaints_step_known_status")
        ]
        indexes = [models.Index(fields=["complaint", "id"], name="complaints_steps")]

    def __str__(self) -> str:
        return self.get_status_display()


class Mail(models.Model):
    """A letter that should open a complaint. It opened one, or an operator decides."""

    class State(models.TextChoices):
        OPENED = "opened", _("opened a complaint")
        HELD = "held", _("waits for an operator")
        DISCARDED = "discarded", _("discarded")

    class Reason(models.TextChoices):
        UNVERIFIED = "unverified", _("neither SPF nor DKIM passed for the sender")
        UNKNOWN = "unknown", _("the sender is no member's verified address")
        SILENCED = "silenced", _("the member may not write at present")
        UNREADABLE = "unreadable", _("the letter cannot be read")
        EMPTY = "empty", _("the letter says nothing")
        NO_DESK = "no_desk", _("no board takes complaints by mail")
        TOO_MANY = "too_many", _("the member sent too many today")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(_("message id"), max_length=250, unique=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    subject = models.CharField(pgettext_lazy("of a letter", "subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("why it waits"), max_length=12, choices=Reason, blank=True)
    topic = models.ForeignKey(
        "community_boards.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    received_at = models.DateTimeField(_("received"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(pgettext_lazy("when", "decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters that complain")
        constraints = [
            models.CheckConstraint(condition=~Q(state="held") | ~Q(reason=""), name="complaints_held_mail_says_why"),
        ]
        indexes = [models.Index(fields=["-received_at"], condition=Q(state="held"), name="complaints_held_mail")]

    def __str__(self) -> str:
        return self.subject or self.message_id
