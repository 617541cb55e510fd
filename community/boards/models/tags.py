"""Tags, and the subjects that a topic is about."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.boards import rights
from community.boards.models.places import Board
from community.boards.models.topics import Topic
from community.foundation.ids import uuid7

TAG_LENGTH = 30


class TagQuerySet(models.QuerySet["Tag"]):
    def visible_to(self, member: Any) -> Self:
        """Tags used on a board that `member` may read, with `shown_count`, the number of topics there.

        On own-topics-only boards a tag is known to the moderators alone: its name could tell what others wrote.
        """
        allowed = rights.rights_of(member)
        open_boards = Q(board_id__in=allowed.read, board__own_topics_only=False) | Q(board_id__in=allowed.moderate)
        uses = TagUse.objects.filter(open_boards, tag=OuterRef("pk"), topic_count__gt=0)
        total = uses.order_by().values("tag").annotate(total=Sum("topic_count")).values("total")
        return self.filter(Exists(uses)).annotate(shown_count=Coalesce(models.Subquery(total), 0))


class Tag(models.Model):
    """A word that topics of any board are found by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(_("tag"), max_length=TAG_LENGTH, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)

    shown_count: int  # annotated by visible_to

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("slug",)
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="tag_has_a_name")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("community_boards:tag", args=[self.slug])


class TagUse(models.Model):
    """How many published topics of a board carry a tag: counts that can be added up over the boards one may read."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    topic_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of a tag")
        verbose_name_plural = _("uses of tags")
        constraints = [models.UniqueConstraint(fields=["tag", "board"], name="tag_use_once_a_board")]

    def __str__(self) -> str:
        return f"{self.tag_id}"


class TopicTag(models.Model):
    """A tag on a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="topic_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="topic_tags")

    class Meta:
        verbose_name = _("tag of a topic")
        verbose_name_plural = _("tags of topics")
        constraints = [models.UniqueConstraint(fields=["topic", "tag"], name="topic_tagged_once")]

    def __str__(self) -> str:
        return f"{self.tag_id}"


class TopicSubject(models.Model):
    """A subject that a topic speaks of; on a word-of-mouth board with a verdict and for whom it holds."""

    class Verdict(models.TextChoices):
        RECOMMEND = "recommend", _("recommended")
        DEPENDS = "depends", _("it depends")
        AVOID = "avoid", _("better avoided")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="topic_subjects")
    subject = models.ForeignKey("community_subjects.Subject", models.CASCADE, related_name="topic_subjects")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("subject of a topic")
        verbose_name_plural = _("subjects of topics")
        constraints = [
            models.UniqueConstraint(fields=["topic", "subject"], name="topic_names_a_subject_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", "recommend", "depends", "avoid"]), name="topic_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
