"""One row a delivery: an event on its way to one handler."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """An event for one handler. Rows of one (handler, key) are delivered in the order of their ids."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        DONE = "done", _("delivered")
        DEAD = "dead", _("given up")

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(_("event"), max_length=60)
    key = models.CharField(_("key"), max_length=100)
    handler = models.CharField(_("handler"), max_length=200)
    payload = models.JSONField(_("payload"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    created_at = models.DateTimeField(_("written"))
    done_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("outbox deliveries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | ~models.Q(state="done") & models.Q(done_at=None),
                name="outbox_done_has_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["handler", "key", "id"], condition=models.Q(state="pending"), name="outbox_pending_key"
            ),
            models.Index(fields=["next_at", "id"], condition=models.Q(state="pending"), name="outbox_pending_due"),
            models.Index(fields=["-id"], condition=models.Q(state="dead"), name="outbox_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.handler}"
