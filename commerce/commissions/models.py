"""What the site takes of a sale: product before category before vendor before default (rule 2.11)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import Category


class Plan(models.Model):
    """A rate in basis points, for a product, a category, a vendor, or (with neither) for all; frozen in a line when it
    is ordered. Rates are never edited: one ends and another starts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, verbose_name=_("product"))
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"))
    vendor = models.ForeignKey(Vendor, models.PROTECT, null=True, blank=True, verbose_name=_("vendor"))
    rate = models.PositiveSmallIntegerField(_("basis points"))
    starts_at = models.DateTimeField(_("from"), default=clock.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        verbose_name = _("commission plan")
        verbose_name_plural = _("commission plans")
        constraints = [
            models.CheckConstraint(condition=Q(rate__lte=10_000), name="commissions_rate_at_most_the_whole"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="commissions_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(product=None, category=None) | Q(category=None, vendor=None) | Q(product=None, vendor=None),
                name="commissions_one_scope",
            ),
            models.UniqueConstraint(
                fields=["product", "category", "vendor"],
                condition=Q(ends_at=None),
                nulls_distinct=False,
                name="commissions_one_running_plan_a_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate / 100:g} %"

    @property
    def for_all(self) -> bool:
        """Whether it is the rate where nothing else is set."""
        return not (self.product_id or self.category_id or self.vendor_id)
