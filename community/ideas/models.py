"""What an idea board adds to a topic: the stage it would change, votes, and what teams answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.boards.models import Topic
from community.foundation.ids import uuid7


class Stage(models.TextChoices):
    """The stages of the value chain that an idea can improve."""

    DESIGN = "design", _("Design")
    MAKING = "making", _("Making")
    DELIVERY = "delivery", _("Delivery")
    AFTER_SERVICE = "after_service", _("After-service")


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    CONSIDERING = "considering", _("Being considered")
    PLANNED = "planned", _("Planned")
    WORKING = "working", _("Being made")
    SHIPPED = "shipped", _("Came true")
    DECLINED = "declined", _("Declined")


DECIDED = (Status.SHIPPED, Status.DECLINED)


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, member: Any) -> "IdeaQuerySet":
        """Ideas of the topics that `member` may see."""
        return self.filter(topic__in=Topic.objects.visible_to(member))


class Idea(models.Model):
    """A topic on an idea board. `credited_at`: when it first came true, and its author was thanked for it."""

    topic = models.OneToOneField(
        "community_boards.Topic", on_delete=models.CASCADE, primary_key=True, related_name="idea"
    )
    stage = models.CharField(_("stage"), max_length=15, choices=Stage, blank=True)
    status = models.CharField(_("status"), max_length=15, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("status since"))
    vote_count = models.PositiveIntegerField(_("votes"), default=0)
    credited_at = models.DateTimeField(_("credited"), null=True, blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="ideas_known_stage"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="ideas_known_status"),
            models.CheckConstraint(
                condition=~Q(status="shipped") | Q(credited_at__isnull=False), name="ideas_shipped_is_credited"
            ),
        ]
        indexes = [models.Index(fields=["status", "-vote_count"], name="ideas_by_status")]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def decided(self) -> bool:
        return self.status in DECIDED


class IdeaVote(models.Model):
    """One member wants this idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idea_votes")
    created_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("vote for an idea")
        verbose_name_plural = _("votes for ideas")
        constraints = [models.UniqueConstraint(fields=["idea", "member"], name="ideas_one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.idea_id}"


class IdeaAnswer(models.Model):
    """What a team said when it set a status. Answers are added, never changed. Without a team, the site speaks."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    status = models.CharField(_("status"), max_length=15, choices=Status)
    source = models.TextField(pgettext_lazy("of a team", "answer"), blank=True)
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
    created_at = models.DateTimeField(pgettext_lazy("when", "answered"))

    class Meta:
        verbose_name = _("answer to an idea")
        verbose_name_plural = _("answers to ideas")
        constraints = [models.CheckConstraint(condition=Q(status__in=Status.values), name="ideas_answer_known_status")]
        indexes = [models.Index(fields=["idea", "-id"], name="ideas_answers")]

    def __str__(self) -> str:
        return self.get_status_display()


class AnsweringTeam(models.Model):
    """A team that answers the ideas of a board."""

    board = models.ForeignKey(
        "community_boards.Board", on_delete=models.CASCADE, related_name="+", verbose_name=_("board")
    )
    team = models.ForeignKey(
        "community_members.Team", on_delete=models.CASCADE, related_name="+", verbose_name=_("team")
    )

    class Meta:
        verbose_name = _("team that answers ideas")
        verbose_name_plural = _("teams that answer ideas")
        constraints = [models.UniqueConstraint(fields=["board", "team"], name="ideas_team_once_a_board")]

    def __str__(self) -> str:
        return f"{self.board} · {self.team}"
