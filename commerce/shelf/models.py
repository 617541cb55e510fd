"""What members own: bought here, or told by them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import OrderLine
from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import Subject


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, member: Any) -> "ItemQuerySet":
        """One's own alone."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Item(models.Model):
    """A thing on a member's shelf. What was bought here has an order line and cannot be put back; the rest is told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shelf", verbose_name=_("member"))
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", verbose_name=_("subject"))
    line = models.OneToOneField(
        OrderLine, models.CASCADE, null=True, related_name="shelf_item", verbose_name=_("order line")
    )
    owned_since = models.DateField(_("owned since"))
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    size = models.CharField(_("size used"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    hidden = models.BooleanField(_("off the shelf"), default=False)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing on a shelf")
        verbose_name_plural = _("things on shelves")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "subject"], condition=Q(line=None), name="shelf_told_once_a_subject"
            ),
        ]
        indexes = [models.Index(fields=["member", "owned_since", "id"], name="shelf_of_member")]

    def __str__(self) -> str:
        return f"{self.subject_id} · {self.owned_since}"
