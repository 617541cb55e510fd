"""What a vendor shows before it makes something, and what the buyer says to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models.orders import Order
from community.foundation import clock
from community.foundation.ids import uuid7


class Proof(models.Model):
    """A picture, words, or both. One waits at a time; `approved` is empty until the buyer decides or another replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="proofs", verbose_name=_("order"))
    text = models.TextField(_("what is to be made"), max_length=1000, blank=True)
    picture = models.ForeignKey(
        "community_uploads.Upload", models.SET_NULL, null=True, related_name="+", verbose_name=_("picture")
    )
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    approved = models.BooleanField(_("approved"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ("sent_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(decided_at=None), name="orders_one_proof_waits"),
            models.CheckConstraint(
                condition=Q(decided_at=None, approved=None) | Q(decided_at__isnull=False, approved__isnull=False),
                name="orders_proof_decided_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or str(self.pk)
