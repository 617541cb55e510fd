"""What changed on a product, and whose words caused it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.catalog.models import Product
from commerce.changes.conf import EARLIEST
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7

TITLE_LENGTH, TEXT_LENGTH = 120, 5_000


class ChangeQuerySet(models.QuerySet["Change"]):
    def standing(self) -> "ChangeQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, member: Any) -> "ChangeQuerySet":
        """Those that stand, of products that `member` may see; one's own vendor's whatever their state; operators see all."""
        if getattr(member, "is_operator", False):
            return self
        seen = self.filter(product__in=Product.objects.visible_to(member))
        if not getattr(member, "is_authenticated", False):
            return seen.standing()
        return seen.filter(Q(withdrawn_at=None) | Q(product__vendor__in=Vendor.objects.staffed_by(member).values("pk")))


class Change(models.Model):
    """An entry of a product's change log: what is different from `changed_on` on. `html` is the rendered `source`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="changes", verbose_name=_("product"))
    title = models.CharField(_("what changed"), max_length=TITLE_LENGTH)
    source = models.TextField(_("text"), max_length=TEXT_LENGTH)
    html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_on = models.DateField(_("changed on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("by")
    )
    published_at = models.DateTimeField(pgettext_lazy("when", "published"), default=clock.now, editable=False)
    edited_at = models.DateTimeField(pgettext_lazy("when", "edited"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(pgettext_lazy("when", "withdrawn"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a product")
        verbose_name_plural = _("changes of products")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="changes_title_not_empty"),
            models.CheckConstraint(condition=~Q(source=""), name="changes_text_not_empty"),
            models.CheckConstraint(condition=Q(changed_on__gte=EARLIEST), name="changes_not_before_anything_was_sold"),
        ]
        indexes = [
            models.Index(fields=["product", "changed_on", "id"], name="changes_of_product"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commerce_changes:change", args=[self.product.slug, self.pk])


class SourceKind(models.TextChoices):
    """Kinds of `foundation.targets` that can cause a change: ideas and complaints are topics."""

    TOPIC = "topic", _("Idea or complaint")
    REVIEW = "review", _("Review")


class Cause(models.Model):
    """Words of a member that caused a change. Who may see them, and who wrote them, is asked of them each time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(Change, models.CASCADE, related_name="causes", verbose_name=_("change of a product"))
    source_kind = models.CharField(_("cause"), max_length=8, choices=SourceKind)
    source_id = models.UUIDField(_("key of the cause"))
    added_at = models.DateTimeField(_("added"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("cause of a change")
        verbose_name_plural = _("causes of changes")
        constraints = [
            models.UniqueConstraint(fields=["change", "source_kind", "source_id"], name="changes_cause_once_a_change"),
            models.CheckConstraint(condition=Q(source_kind__in=SourceKind.values), name="changes_cause_known_kind"),
        ]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="changes_caused_by")]

    def __str__(self) -> str:
        return f"{self.source_kind}: {self.source_id}"
