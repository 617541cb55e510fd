"""What a member has read, follows and keeps: rows of one member, shown to nobody else."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.boards.models import Board, Topic
from community.foundation import clock
from community.foundation.ids import uuid7

NOTE_LENGTH = 500


class Level(models.TextChoices):
    """How closely a member follows a topic or a board. `normal` on a topic undoes what its board says."""

    WATCH = "watch", _("Watch")
    TRACK = "track", _("Track")
    NORMAL = "normal", _("Normal")
    MUTE = "mute", _("Mute")


class Reading(models.Model):
    """How far a member has read in a topic: the highest post number seen. It only grows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField(_("last post read"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="reading_once_a_topic"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reading_begins_at_1"),
        ]
        indexes = [models.Index(fields=["at"], name="reading_at")]

    def __str__(self) -> str:
        return f"#{self.number}"


class BoardFloor(models.Model):
    """Topics of the board without a post since `at` count as read: one row instead of one a topic."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_floors")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("read until"))

    class Meta:
        verbose_name = _("board read until")
        verbose_name_plural = _("boards read until")
        constraints = [models.UniqueConstraint(fields=["member", "board"], name="board_floor_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class TopicFollow(models.Model):
    """How closely a member follows a topic. `automatic` rows came of writing in it; they never replace a choice."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="topic_follows")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="follows")
    level = models.CharField(_("level"), max_length=10, choices=Level)
    automatic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="topic_follow_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="topic_follow_level_known"),
        ]
        indexes = [models.Index(fields=["topic", "level"], name="topic_follow_level")]

    def __str__(self) -> str:
        return self.get_level_display()


class BoardFollow(models.Model):
    """How closely a member follows a board, and so every topic on it that has no level of its own."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_follows")
    board = models.ForeignKey(Board, models.CASCADE, related_name="follows")
    level = models.CharField(_("level"), max_length=10, choices=Level)

    class Meta:
        verbose_name = _("followed board")
        verbose_name_plural = _("followed boards")
        constraints = [
            models.UniqueConstraint(fields=["member", "board"], name="board_follow_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="board_follow_level_known"),
        ]
        indexes = [models.Index(fields=["board", "level"], name="board_follow_level")]

    def __str__(self) -> str:
        return self.get_level_display()


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, member: Any) -> Self:
        """One's own, and nobody else's."""
        return self.filter(member_id=member.pk) if getattr(member, "is_authenticated", False) else self.none()

    def due(self, now: Any) -> Self:
        """Those whose reminder waits to be told."""
        return self.filter(remind_at__lte=now, reminded_at=None)


class Bookmark(models.Model):
    """Something a member keeps to come back to: any registered kind, with a note and perhaps a reminder."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    target_kind = models.CharField(max_length=20, editable=False)
    target_id = models.UUIDField(editable=False)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    remind_at = models.DateTimeField(_("remind me"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("kept"), default=clock.now, editable=False)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = [
            models.UniqueConstraint(fields=["member", "target_kind", "target_id"], name="bookmark_once"),
            models.CheckConstraint(
                condition=Q(reminded_at=None) | Q(remind_at__isnull=False), name="bookmark_reminded_had_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(reminded_at=None), name="bookmark_due"),
            models.Index(fields=["target_kind", "target_id"], name="bookmark_target"),
        ]

    def __str__(self) -> str:
        return self.note or self.target_kind
