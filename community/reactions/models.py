"""Reactions to posts, and how many each post has of each kind."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.boards.models import Post
from community.foundation.ids import uuid7
from community.members import ignoring


class ReactionKind(models.TextChoices):
    """What a member can say without words. Each kind is also a column of Tally."""

    LIKE = "like", _("Like")
    THANKS = "thanks", _("Thanks")
    AGREE = "agree", _("Me too")
    LAUGH = "laugh", _("Funny")
    SURPRISE = "surprise", _("Surprising")
    SORRY = "sorry", _("So sorry")


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, member: Any) -> "ReactionQuerySet":
        """Reactions to posts that `member` may see, by members that it may see and does not ignore."""
        shown = self.filter(post__in=Post.objects.visible_to(member))
        return shown.exclude(member__in=ignoring.ignored_ids(member)) if member.is_authenticated else shown


class Reaction(models.Model):
    """One kind of reaction of one member to one post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey("community_boards.Post", on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(_("kind"), max_length=10, choices=ReactionKind)
    created_at = models.DateTimeField(_("given"))

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "member", "kind"], name="reactions_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=ReactionKind.values), name="reactions_known_kind"),
        ]
        indexes = [models.Index(fields=["post", "-id"], name="reactions_by_post")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.post_id}"


class Tally(models.Model):
    """How many reactions of each kind a post has."""

    post = models.OneToOneField(
        "community_boards.Post", on_delete=models.CASCADE, primary_key=True, related_name="reaction_tally"
    )
    like = models.PositiveIntegerField(_("Like"), default=0)
    thanks = models.PositiveIntegerField(_("Thanks"), default=0)
    agree = models.PositiveIntegerField(_("Me too"), default=0)
    laugh = models.PositiveIntegerField(_("Funny"), default=0)
    surprise = models.PositiveIntegerField(_("Surprising"), default=0)
    sorry = models.PositiveIntegerField(_("So sorry"), default=0)

    class Meta:
        verbose_name = _("tally of reactions")
        verbose_name_plural = _("tallies of reactions")

    def __str__(self) -> str:
        return f"{self.post_id}: {self.counts}"

    @property
    def counts(self) -> dict[str, int]:
        """Count by kind, zeros included, in the order in which kinds are shown."""
        return {kind: getattr(self, kind) for kind in ReactionKind.values}
