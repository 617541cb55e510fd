"""What left when, and in which parcel."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models.lines import OrderLine
from commerce.orders.models.orders import Order
from community.foundation import clock
from community.foundation.ids import uuid7


class Parcel(models.Model):
    """What left at once, with its tracking number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="parcels", verbose_name=_("order"))
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), default=clock.now)
    delivered_at = models.DateTimeField(pgettext_lazy("of an order", "delivered"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        ordering = ("shipped_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "carrier", "tracking"], condition=~Q(tracking=""), name="orders_parcel_once_an_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking}"


class ParcelLine(models.Model):
    """How many of a line a parcel holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="lines", verbose_name=_("parcel"))
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="parcel_lines", verbose_name=_("line"))
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("content of a parcel")
        verbose_name_plural = _("contents of parcels")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_parcel_line_not_empty"),
            models.UniqueConstraint(fields=["parcel", "line"], name="orders_parcel_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line_id}"
