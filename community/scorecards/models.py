"""Score cards, on which several subjects are rated at one go, and ranked lists ("my ten best")."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import Subject, slug_letters

MOST_ON_A_CARD = 50
MOST_IN_A_LIST = 100
LONGEST_TITLE, LONGEST_INTRODUCTION = 120, 500


class ScoreCardQuerySet(models.QuerySet["ScoreCard"]):
    def visible_to(self, member: Any) -> "ScoreCardQuerySet":
        """Score cards are public; one that was hidden is seen by operators and its maker."""
        if getattr(member, "is_operator", False):
            return self
        open_ones = Q(hidden_at=None)
        return self.filter(open_ones | Q(creator=member) if getattr(member, "is_authenticated", False) else open_ones)


class ScoreCard(models.Model):
    """Some subjects to be rated by whoever has the link or scans the code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[slug_letters])
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="score_cards", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    subjects: Any = models.ManyToManyField(Subject, through="ScoreCardLine", related_name="score_cards")
    member_count = models.PositiveIntegerField(default=0, editable=False)

    objects = ScoreCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("score card")
        verbose_name_plural = _("score cards")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="scorecards_card_title_not_empty")]
        indexes = [models.Index(fields=["created_at", "id"], name="scorecards_card_by_age")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community_scorecards:score_card", args=[self.slug])

    def qr_url(self) -> str:
        return reverse("community_scorecards:qr", args=[self.slug])


class ScoreCardLine(models.Model):
    """A subject on a card."""

    card = models.ForeignKey(ScoreCard, models.CASCADE, related_name="lines")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("line of a score card")
        verbose_name_plural = _("lines of score cards")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["card", "subject"], name="scorecards_subject_once_a_card"),
            models.UniqueConstraint(fields=["card", "position"], name="scorecards_position_once_a_card"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_ON_A_CARD), name="scorecards_card_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.subject_id}"


class Participation(models.Model):
    """That a member filled in a card; what was scored stands in the ratings themselves."""

    card = models.ForeignKey(ScoreCard, models.CASCADE, related_name="participations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first_at = models.DateTimeField(default=clock.now, editable=False)
    last_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["card", "member"], name="scorecards_participation_once"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="scorecards_last_after_first"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} @ {self.card_id}"


class RankedListQuerySet(models.QuerySet["RankedList"]):
    def visible_to(self, member: Any) -> "RankedListQuerySet":
        """Public lists that are not hidden, one's own, and for operators all."""
        if getattr(member, "is_operator", False):
            return self
        open_ones = Q(public=True, hidden_at=None)
        return self.filter(open_ones | Q(owner=member) if getattr(member, "is_authenticated", False) else open_ones)


class RankedList(models.Model):
    """A member's own order of subjects, best first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[slug_letters])
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    introduction = models.CharField(_("introduction"), max_length=LONGEST_INTRODUCTION, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="ranked_lists",
        verbose_name=pgettext_lazy("of a list", "owner"),
    )
    public = models.BooleanField(_("everyone may see it"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RankedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranked list")
        verbose_name_plural = _("ranked lists")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="scorecards_list_title_not_empty")]
        indexes = [models.Index(fields=["updated_at", "id"], name="scorecards_list_by_age")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("community_scorecards:ranked_list", args=[self.slug])


class RankedListLine(models.Model):
    """A subject at its place in a list, with a word on why."""

    ranked_list = models.ForeignKey(RankedList, models.CASCADE, related_name="lines")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="list_lines")
    position = models.PositiveSmallIntegerField()
    note = models.CharField(_("why"), max_length=280, blank=True)

    class Meta:
        verbose_name = _("line of a ranked list")
        verbose_name_plural = _("lines of ranked lists")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["ranked_list", "subject"], name="scorecards_subject_once_a_list"),
            models.UniqueConstraint(fields=["ranked_list", "position"], name="scorecards_position_once_a_list"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_IN_A_LIST), name="scorecards_list_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.subject_id}"
