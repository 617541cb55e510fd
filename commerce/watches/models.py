"""What members wait for: that a product can be bought again, or that it costs less."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product, Variant
from community.foundation import clock
from community.foundation.ids import uuid7


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, member: Any) -> "WatchQuerySet":
        """The member's own, those too whose product is not on sale at present: to count them and to end them."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()

    def on_sale(self) -> "WatchQuerySet":
        """Of what anyone may see now: products on sale, variants that are sold."""
        return self.filter(Q(variant=None) | Q(variant__active=True), product__in=Product.objects.on_sale())

    def visible_to(self, member: Any) -> "WatchQuerySet":
        """One's own alone, while what they name is on sale. Nobody else reads who waits for what."""
        return self.of(member).on_sale()


class Watch(models.Model):
    """One member waits for one product, or for one of its variants; without a variant, any will do.

    `known_price` (smallest units) is the price that the member knows: what it cost when they began to wait or what they
    were told last. Lower than that is news; with a `target_price`, only what is no higher than that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", verbose_name=_("member")
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="watches", verbose_name=_("product"))
    variant = models.ForeignKey(
        Variant, models.CASCADE, null=True, blank=True, related_name="watches", verbose_name=_("variant")
    )
    back_in_stock = models.BooleanField(_("when it can be bought again"), default=False)
    price_fall = models.BooleanField(_("when it costs less"), default=False)
    target_price = models.BigIntegerField(_("at most"), null=True, blank=True)
    known_price = models.BigIntegerField(_("price known"), null=True, editable=False)
    told_at = models.DateTimeField(_("told of a price"), null=True, editable=False)
    created_at = models.DateTimeField(_("watched since"), default=clock.now, editable=False)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watched product")
        verbose_name_plural = _("watched products")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "product", "variant"], nulls_distinct=False, name="watches_once_a_member_and_thing"
            ),
            models.CheckConstraint(condition=Q(back_in_stock=True) | Q(price_fall=True), name="watches_for_something"),
            models.CheckConstraint(
                condition=Q(price_fall=True, known_price__isnull=False)
                | Q(price_fall=False, known_price=None, target_price=None),
                name="watches_knows_a_price_to_fall_from",
            ),
            models.CheckConstraint(
                condition=Q(target_price=None) | Q(target_price__gte=0), name="watches_target_price_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "id"], name="watches_of_member"),
            models.Index(fields=["product", "id"], condition=Q(back_in_stock=True), name="watches_for_stock"),
            models.Index(fields=["product", "known_price"], condition=Q(price_fall=True), name="watches_for_price"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.product_id}"
