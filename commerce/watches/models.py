"""What members wait for: a product that is back, a price that falls."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product, Variant
from community.foundation import clock
from community.foundation.ids import uuid7


class WatchKind(models.TextChoices):
    BACK = "back_in_stock", _("When it is back")
    PRICE = "price_fall", _("When the price falls")


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, member: Any) -> "WatchQuerySet":
        """One's own alone."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Watch(models.Model):
    """`price` is what it cost when the watch was set, or the price the member named. Told once, then it rests."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches", verbose_name=_("member")
    )
    product = models.ForeignKey(Product, models.CASCADE, related_name="watches", verbose_name=_("product"))
    variant = models.ForeignKey(Variant, models.CASCADE, null=True, related_name="watches", verbose_name=_("variant"))
    kind = models.CharField(_("kind"), max_length=13, choices=WatchKind)
    price = models.BigIntegerField(_("price"), null=True)
    since = models.DateTimeField(_("since"), default=clock.now)
    told_at = models.DateTimeField(_("told"), null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "product", "variant", "kind"], nulls_distinct=False, name="watches_once_a_member"
            ),
            models.CheckConstraint(
                condition=~Q(kind="price_fall") | Q(price__gte=0), name="watches_price_fall_has_a_price"
            ),
        ]
        indexes = [models.Index(fields=["product", "kind"], condition=Q(told_at=None), name="watches_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.product_id}"
