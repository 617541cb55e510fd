"""One row a contact. Rows are added and never changed; a click is a row of its own that names the search it followed.

The id is a UUIDv7, so it sorts by time and can be the key of range partitions when the table outgrows one. Targets are
(kind, id) of `foundation.targets`; the search a click followed is an id, not a key, for the same reason.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7

WORDS_LENGTH = 200


class Touchpoint(models.Model):
    """A dated contact of a person with the community on any channel.

    `member` is set only while the member consents to profiling; without, the contact is counted and nobody is named.
    """

    class Kind(models.TextChoices):
        SEARCH = "search", _("search")
        CLICK = "click", _("opened from a search")

    class Channel(models.TextChoices):
        WEB = "web", _("website")
        API = "api", _("REST client")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    target_kind = models.CharField(_("kind of target"), max_length=20, blank=True)
    target_id = models.UUIDField(_("target"), null=True, blank=True)
    words = models.CharField(_("words"), max_length=WORDS_LENGTH, blank=True)
    results = models.PositiveIntegerField(_("results"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place in the list"), null=True, blank=True)
    follows = models.UUIDField(_("search it followed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("touchpoint")
        verbose_name_plural = _("touchpoints")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["search", "click"]), name="touchpoint_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="search") | Q(results__isnull=False) & ~Q(words=""),
                name="touchpoint_search_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(kind="click") | Q(target_id__isnull=False, follows__isnull=False),
                name="touchpoint_click_has_target",
            ),
            models.CheckConstraint(
                condition=Q(target_id__isnull=True, target_kind="") | Q(target_id__isnull=False) & ~Q(target_kind=""),
                name="touchpoint_target_is_whole",
            ),
            # One person opens one result of one search once: a second click says nothing new.
            models.UniqueConstraint(
                fields=["follows", "target_id"], condition=Q(kind="click"), name="touchpoint_click_once"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-at"], name="touchpoint_kind_at"),
            models.Index(fields=["member", "-at"], condition=Q(member__isnull=False), name="touchpoint_member_at"),
            models.Index(fields=["-at"], condition=Q(kind="search", results=0), name="touchpoint_fruitless"),
        ]

    def __str__(self) -> str:
        return self.words or f"{self.target_kind} {self.target_id}"
