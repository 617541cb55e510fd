"""Polls on topics: the question, its options, and one ballot a member."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.boards.models import Topic
from community.foundation import clock
from community.foundation.ids import uuid7
from community.polls import conf


class PollKind(models.TextChoices):
    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    RANKED = "ranked", _("Choices in order")


class ResultsShown(models.TextChoices):
    """When members see how the poll stands."""

    ALWAYS = "always", _("at any time")
    VOTED = "voted", _("after voting")
    CLOSED = "closed", _("when it has closed")


class PollQuerySet(models.QuerySet["Poll"]):
    def closed_untold(self, moment: dt.datetime) -> "PollQuerySet":
        """Polls that have closed and of whose closing nobody was told."""
        return self.filter(closes_at__lte=moment, closing_told_at=None)

    def visible_to(self, member: Any) -> "PollQuerySet":
        """Polls of the topics that `member` may see."""
        return self.filter(topic__in=Topic.objects.visible_to(member))


class Poll(models.Model):
    """The one poll of a topic. Its row is the lock under which votes are cast."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.OneToOneField("community_boards.Topic", on_delete=models.CASCADE, related_name="poll")
    question = models.CharField(_("question"), max_length=conf.QUESTION_LENGTH, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PollKind)
    most_choices = models.PositiveSmallIntegerField(_("choices at most"), default=1)
    voters_shown = models.BooleanField(_("everyone sees who voted for what"), default=False)
    results_shown = models.CharField(
        _("results are shown"), max_length=10, choices=ResultsShown, default=ResultsShown.ALWAYS
    )
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closing_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    ballot_count = models.PositiveIntegerField(_("ballots"), default=0)
    created_at = models.DateTimeField(_("opened"))

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PollKind.values), name="polls_known_kind"),
            models.CheckConstraint(
                condition=Q(most_choices__gte=1, most_choices__lte=conf.MOST_OPTIONS), name="polls_choices_bounded"
            ),
            models.CheckConstraint(condition=~Q(kind="single") | Q(most_choices=1), name="polls_single_is_one"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("created_at")), name="polls_close_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(closing_told_at=None) | Q(closes_at__isnull=False), name="polls_told_of_a_closing"
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], condition=Q(closing_told_at=None), name="polls_closing")]

    def __str__(self) -> str:
        return self.question or str(self.pk)

    def closed_at(self, moment: dt.datetime) -> bool:
        """Whether votes count no more at this moment."""
        return self.closes_at is not None and self.closes_at <= moment

    @property
    def closed(self) -> bool:
        return self.closed_at(clock.now())


class Option(models.Model):
    """One answer. `votes` are the ballots that name it; in a ranked poll, those that name it first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(pgettext_lazy("of a poll", "answer"), max_length=conf.OPTION_LENGTH)
    votes = models.PositiveIntegerField(_("votes"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("of a poll", "answer")
        verbose_name_plural = pgettext_lazy("of a poll", "answers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="polls_option_position_once"),
            models.UniqueConstraint(fields=["poll", "text"], name="polls_option_text_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=conf.MOST_OPTIONS), name="polls_options_bounded"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="polls_option_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """What one member voted, in the order given; it replaces the earlier ballot until the poll closes.

    The vote of a member who left still counts, and is nobody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="ballots")
    choices = ArrayField(models.UUIDField(), verbose_name=_("choices"), size=conf.MOST_OPTIONS)
    cast_at = models.DateTimeField(_("cast"))

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(fields=["poll", "member"], name="polls_one_ballot_a_member"),
            models.CheckConstraint(
                condition=Q(choices__len__gte=1, choices__len__lte=conf.MOST_OPTIONS), name="polls_ballot_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.member_id}"
