"""Changed because of you: what a vendor changed on a product, and the words of members that caused it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product
from community.foundation import clock
from community.foundation.ids import uuid7


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, member: Any) -> "ChangeQuerySet":
        """Those of the products that `member` may see."""
        return self.filter(product__in=Product.objects.visible_to(member))


class Change(models.Model):
    """One entry of a product's change log. `score_before` is the subject's score when it was published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="changes", verbose_name=_("product"))
    title = models.CharField(_("what changed"), max_length=120)
    text = models.TextField(_("how and why"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)
    score_before: Any = models.DecimalField(_("score before"), max_digits=5, decimal_places=3, default=Decimal(0))
    ratings_before = models.PositiveIntegerField(_("ratings before"), default=0)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a product")
        verbose_name_plural = _("changes of products")
        indexes = [models.Index(fields=["product", "at", "id"], name="changes_of_product")]

    def __str__(self) -> str:
        return self.title


class Cause(models.Model):
    """An idea, review or complaint that a change answers, by (kind, id) of the registry; its author gets the credit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(Change, models.CASCADE, related_name="causes", verbose_name=_("change"))
    kind = models.CharField(_("kind"), max_length=40)
    target_id = models.UUIDField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="credits", verbose_name=_("author")
    )
    told_at = models.DateTimeField(_("author told"), null=True)

    class Meta:
        verbose_name = _("cause of a change")
        verbose_name_plural = _("causes of changes")
        constraints = [models.UniqueConstraint(fields=["change", "kind", "target_id"], name="changes_cause_once")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.target_id}"
