"""The first reply to a keyed POST, kept so that a repeat gets the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import clock


class StoredReply(models.Model):
    """What was answered to (actor, key), and a digest of what was asked."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(_("actor"), max_length=80)
    key = models.CharField(_("key"), max_length=255)
    request_digest = models.BinaryField(_("digest of the request"), max_length=32)
    status = models.PositiveSmallIntegerField(_("status"))
    content = models.BinaryField(pgettext_lazy("to a request", "reply"))
    created_at = models.DateTimeField(_("stored"), default=clock.now)

    class Meta:
        verbose_name = _("stored reply")
        verbose_name_plural = _("stored replies")
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
