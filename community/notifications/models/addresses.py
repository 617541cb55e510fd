"""What is known of an address from mail that came back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.foundation.ids import uuid7


class Address(models.Model):
    """An address that mail came back from. Once stopped, nothing is sent there until its owner or an operator says so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.EmailField(_("address"), max_length=320, unique=True)
    bounces = models.PositiveIntegerField(_("letters that came back"), default=0)
    status = models.CharField(_("last status"), max_length=16, blank=True)
    said = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    last_at = models.DateTimeField(_("last came back"))
    stopped_at = models.DateTimeField(_("stopped since"), null=True, blank=True)

    class Meta:
        verbose_name = _("returning address")
        verbose_name_plural = _("returning addresses")
        constraints = [
            models.CheckConstraint(condition=Q(stopped_at=None) | Q(bounces__gt=0), name="address_stopped_by_a_bounce"),
            models.CheckConstraint(
                condition=Q(address=models.functions.Lower("address")), name="address_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.address
