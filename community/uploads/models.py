"""Pictures, what uses them, and how much room each member takes."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import targets
from community.foundation.ids import uuid7
from community.uploads import conf


def new_folder() -> str:
    """Where the files of a new picture lie; nobody can guess it, and nobody is told."""
    return f"uploads/{secrets.token_urlsafe(24)}"


PICTURE = "image/webp"
SOUNDS = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/wav": "wav"}
"""The sounds that are kept, with the ending of their files."""


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, member: Any) -> "UploadQuerySet":
        """Own pictures, and those used by anything that `member` may see. Operators see all."""
        if getattr(member, "is_operator", False):
            return self.all()
        seen: Any = Q(pk__in=[])
        for kind in targets.kinds().values():
            used = Binding.objects.filter(upload=OuterRef("pk"), kind=kind.name)
            seen |= Exists(used.filter(Exists(kind.visible_to(member).filter(pk=OuterRef("target_id")))))
        if member.is_authenticated:
            seen |= Q(owner=member)
        return self.filter(seen)

    def pictures(self) -> "UploadQuerySet":
        """Without sounds."""
        return self.filter(media_type=PICTURE)

    def sounds(self) -> "UploadQuerySet":
        """Without pictures."""
        return self.exclude(media_type=PICTURE)

    def unbound(self) -> "UploadQuerySet":
        """Used by no text."""
        return self.filter(~Exists(Binding.objects.filter(upload=OuterRef("pk"))))


class Upload(models.Model):
    """A picture, kept as WebP without anything that was not a pixel; or a sound, kept as it was coded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="uploads",
        verbose_name=pgettext_lazy("of a picture", "owner"),
    )
    folder = models.CharField(max_length=60, unique=True, default=new_folder, editable=False)
    name = models.CharField(_("file name"), max_length=100, blank=True)
    alt = models.CharField(_("description"), max_length=conf.ALT_LENGTH, blank=True)
    media_type = models.CharField(
        _("kind"), max_length=20, default=PICTURE, choices=[(one, one) for one in (PICTURE, *SOUNDS)], editable=False
    )
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    bytes = models.PositiveBigIntegerField(_("bytes"))
    made_widths = models.JSONField(_("thumbnails made"), default=list, editable=False)
    created_at = models.DateTimeField(pgettext_lazy("when", "sent"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1, bytes__gte=1), name="uploads_upload_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(media_type=PICTURE, width__isnull=False, height__isnull=False)
                | Q(media_type__in=tuple(SOUNDS), width=None, height=None),
                name="uploads_upload_measured_if_a_picture",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="uploads_by_owner"),
            models.Index(fields=["created_at"], name="uploads_by_time"),
        ]

    def __str__(self) -> str:
        return self.alt or self.name or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("community_uploads:show", args=[self.pk])

    @property
    def is_sound(self) -> bool:
        return self.media_type != PICTURE

    @property
    def thumbnail_widths(self) -> list[int]:
        """The widths that this picture has, or will have once the worker made them; none wider than itself."""
        return [width for width in conf.THUMBNAIL_WIDTHS if self.width and width < self.width]

    def thumbnail_url(self, width: int) -> str:
        """The address of the narrowest version that is at least `width` wide."""
        wide_enough = [known for known in self.thumbnail_widths if known >= width]
        return (
            reverse("community_uploads:thumbnail", args=[self.pk, wide_enough[0]])
            if wide_enough
            else self.get_absolute_url()
        )

    def path(self, width: int | None = None) -> str:
        """Where the file lies in the storage: the sound, the picture, or its version of this width if that is made."""
        if self.is_sound:
            return f"{self.folder}/sound.{SOUNDS[self.media_type]}"
        return f"{self.folder}/{width}.webp" if width in self.made_widths else f"{self.folder}/picture.webp"

    def paths(self) -> list[str]:
        """All its files in the storage."""
        return [self.path(), *(self.path(width) for width in self.made_widths)]


class Binding(models.Model):
    """A text, by kind and id, that uses a picture. Whoever may see one such text may see the picture."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="bindings")
    kind = models.CharField(_("kind"), max_length=30)
    target_id = models.UUIDField(_("target"))

    class Meta:
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        constraints = [models.UniqueConstraint(fields=["upload", "kind", "target_id"], name="uploads_bound_once")]
        indexes = [models.Index(fields=["kind", "target_id"], name="uploads_by_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"


class Usage(models.Model):
    """How much room a member's pictures take; its row is the lock under which the quota is kept."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="picture_usage"
    )
    pictures = models.PositiveIntegerField(_("pictures"), default=0)
    bytes = models.PositiveBigIntegerField(_("bytes"), default=0)

    class Meta:
        verbose_name = _("room taken")
        verbose_name_plural = _("room taken")

    def __str__(self) -> str:
        return f"{self.member_id}: {self.bytes}"
