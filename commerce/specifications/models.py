"""Made to order: what can be specified, and what a member once specified."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product
from community.foundation import clock
from community.foundation.ids import uuid7

NAME_LENGTH = 60


class SchemaQuerySet(models.QuerySet["Schema"]):
    def visible_to(self, member: Any) -> "SchemaQuerySet":
        """Of the products that `member` may see: what can be specified is said on their pages."""
        return self.filter(product__in=Product.objects.visible_to(member))

    def current(self) -> "SchemaQuerySet":
        """The latest version of each product."""
        return self.filter(pk__in=self.model.objects.order_by("product", "-version").distinct("product").values("pk"))


class Schema(models.Model):
    """The fields of a product's specification, in versions: an order keeps the version it was made by.

    `fields` is a list of {"key", "kind": choice|measure|text|upload, "label", "label_ko", "required", …}: a choice has
    "choices": [{"value", "label", "label_ko", "price"}], a measure "least", "most", "step", "unit", "price_per_unit",
    a text "longest", "price". Prices are smallest units, added to the variant's price.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="schemas", verbose_name=_("product"))
    version = models.PositiveIntegerField(_("version"))
    fields = models.JSONField(_("fields"))
    lead_days = models.PositiveSmallIntegerField(_("days to make"), default=7)
    daily_capacity = models.PositiveIntegerField(_("most a day"), default=10)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SchemaQuerySet.as_manager()

    class Meta:
        verbose_name = _("what can be specified")
        verbose_name_plural = _("made to order")
        constraints = [
            models.UniqueConstraint(fields=["product", "version"], name="specifications_version_once_a_product"),
            models.CheckConstraint(condition=Q(daily_capacity__gte=1), name="specifications_makes_one_a_day_at_least"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.version}"


class SpecificationQuerySet(models.QuerySet["Specification"]):
    def visible_to(self, member: Any) -> "SpecificationQuerySet":
        """One's own alone: vendors see what an order carries, not what is remembered."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Specification(models.Model):
    """What a member once specified for a product, remembered for the next time ("your usual")."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="specifications", verbose_name=_("member")
    )
    schema = models.ForeignKey(Schema, models.CASCADE, related_name="specifications", verbose_name=_("schema"))
    product = models.ForeignKey(Product, models.CASCADE, related_name="+", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    values = models.JSONField(_("values"))
    used_count = models.PositiveIntegerField(default=0, editable=False)
    used_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpecificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("specification")
        verbose_name_plural = _("specifications")
        indexes = [models.Index(fields=["member", "product", "used_at"], name="specifications_of_member")]

    def __str__(self) -> str:
        return self.name or str(self.pk)
