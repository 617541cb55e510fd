"""The first reply to a keyed POST, kept so that a repeat gets the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock
from community.foundation.ids import uuid7


class StoredReply(models.Model):
    """What was answered to (actor, key), and a digest of what was asked.

    A phased request (see `replaying`) writes its row before it begins: until it has ended, `status` is empty and
    `running_since` says when it began. `claim` names the attempt to whoever keeps rows of it.
    """

    id = models.BigAutoField(primary_key=True)
    claim = models.UUIDField(default=uuid7, editable=False, unique=True)
    actor = models.CharField(_("actor"), max_length=80)
    key = models.CharField(_("key"), max_length=255)
    request_digest = models.BinaryField(_("digest of the request"), max_length=32)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    content = models.BinaryField(pgettext_lazy("to a request", "reply"), default=b"")
    running_since = models.DateTimeField(_("running since"), null=True)
    created_at = models.DateTimeField(_("stored"), default=clock.now)

    class Meta:
        verbose_name = _("stored reply")
        verbose_name_plural = _("stored replies")
        constraints = [
            models.UniqueConstraint(fields=["actor", "key"], name="idempotency_once"),
            models.CheckConstraint(
                condition=models.Q(status=None, running_since__isnull=False)
                | models.Q(status__isnull=False, running_since=None),
                name="idempotency_runs_or_has_ended",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
