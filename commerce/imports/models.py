"""Which invoices of other shops were taken over, and what became of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.orders.models import Order
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class InvoiceKind(models.TextChoices):
    SALE = "sale", _("Sale")
    CREDIT = "credit", _("Return")


class ImportedInvoice(models.Model):
    """An invoice as it was numbered elsewhere: once a vendor, so that a second run finds it.

    A sale is the order it became; a return stands in the history of each order from which units came back, by its key
    (`OrderEvent.reference`). `lines` are fingerprints of the lines taken over, in their order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="imported_invoices", verbose_name=_("vendor"))
    number = models.CharField(_("number there"), max_length=40)
    kind = models.CharField(_("kind"), max_length=6, choices=InvoiceKind)
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, related_name="imported_from", verbose_name=_("order here")
    )
    country = models.CharField(_("country"), max_length=60, blank=True)
    lines = ArrayField(models.BigIntegerField())
    imported_at = models.DateTimeField(_("taken over"), default=clock.now)

    class Meta:
        verbose_name = _("imported invoice")
        verbose_name_plural = _("imported invoices")
        constraints = [
            models.UniqueConstraint(fields=["vendor", "number"], name="imports_invoice_once_a_vendor"),
            models.CheckConstraint(
                condition=Q(kind="sale", order__isnull=False) | Q(kind="credit", order=None),
                name="imports_sale_alone_has_an_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number
