"""What happened to a purchase and its orders, step by step."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.orders.models.orders import Order
from commerce.orders.models.purchases import Purchase
from community.foundation import clock
from community.foundation.ids import uuid7


class Axis(models.TextChoices):
    ORDER = "order", pgettext_lazy("of an order", "Order")
    PAYMENT = "payment", _("Payment")
    FULFILMENT = "fulfilment", _("Fulfilment")
    RETURN = "return", _("Return")
    SETTLEMENT = "settlement", _("Settlement")


class OrderEvent(models.Model):
    """A step on an axis: who, from where to where, why, by which transaction. A trigger refuses changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="events", verbose_name=_("purchase"))
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="events", verbose_name=_("order"))
    axis = models.CharField(_("axis"), max_length=10, choices=Axis)
    event = models.CharField(pgettext_lazy("of an order", "event"), max_length=30)
    before = models.CharField(pgettext_lazy("of an order", "from"), max_length=18)
    after = models.CharField(pgettext_lazy("of an order", "to"), max_length=18)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reference = models.UUIDField(_("transaction"), null=True)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")
        indexes = [
            models.Index(fields=["order", "at"], name="orders_events_of_order"),
            models.Index(fields=["purchase", "at"], name="orders_events_of_purchase"),
        ]

    def __str__(self) -> str:
        return f"{self.axis}: {self.before} → {self.after}"
