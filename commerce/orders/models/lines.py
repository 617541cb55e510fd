"""Lines of orders as they were sold, and every amount taken off them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.catalog.models import Product, Variant
from commerce.commissions.models import Plan
from commerce.orders.models.orders import Order
from commerce.specifications.models import Schema
from community.foundation.ids import uuid7


class LineKind(models.TextChoices):
    ITEM = "item", _("Goods")
    DELIVERY = "delivery", _("Delivery")


class OrderLine(models.Model):
    """What was sold, at which terms: nothing in it changes but the counts of what was cancelled, shipped, returned.

    `amount` = `unit_price` × `quantity`; `discount` and `points_worth` are the sums of its allocations; what the vendor
    sells it for is `net` = amount − discount, on which `tax` (included) and `commission` (of which `commission_tax` is
    tax) are reckoned (rules 2.5, 2.11). The delivery of an order is a line too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=8, choices=LineKind, default=LineKind.ITEM)
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+", verbose_name=_("product"))
    variant = models.ForeignKey(Variant, models.PROTECT, null=True, related_name="+", verbose_name=_("variant"))
    schema = models.ForeignKey(Schema, models.PROTECT, null=True, related_name="+", verbose_name=_("schema"))
    cart_line_id = models.UUIDField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=200)
    options = models.CharField(_("options"), max_length=200, blank=True)
    sku = models.CharField(_("SKU"), max_length=64, blank=True)
    specification = models.JSONField(_("specification"), default=dict, blank=True)
    label = models.CharField(_("label"), max_length=40, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.BigIntegerField(_("price of one"))
    amount = models.BigIntegerField(_("amount"))
    discount = models.BigIntegerField(_("discount"), default=0)
    points_worth = models.BigIntegerField(_("paid in points"), default=0)
    tax_rate = models.PositiveSmallIntegerField(_("tax, in basis points"))
    tax = models.BigIntegerField(_("tax"))
    commission_plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    commission_rate = models.PositiveSmallIntegerField(_("commission, in basis points"))
    commission = models.BigIntegerField(_("commission"))
    commission_tax = models.BigIntegerField(_("tax in the commission"))
    warranty_months = models.PositiveSmallIntegerField(_("months of warranty"), default=0)
    return_days = models.PositiveSmallIntegerField(_("days in which it can be returned"), default=7)
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    returned = models.PositiveIntegerField(pgettext_lazy("of an order", "returned"), default=0)

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="orders_line_not_empty"),
            models.CheckConstraint(
                condition=Q(amount=F("unit_price") * F("quantity")), name="orders_line_amount_is_price_times_quantity"
            ),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, discount__gte=0, points_worth__gte=0)
                & Q(amount__gte=F("discount") + F("points_worth")),
                name="orders_line_takes_off_at_most_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("cancelled") + F("shipped"), shipped__gte=F("returned")),
                name="orders_line_counts_within_quantity",
            ),
            models.CheckConstraint(
                condition=Q(kind="delivery", variant=None, product=None, quantity=1)
                | Q(kind="item", variant__isnull=False, product__isnull=False),
                name="orders_line_is_goods_or_delivery",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(kind="delivery"), name="orders_one_delivery_an_order"
            ),
        ]
        indexes = [models.Index(fields=["product", "order"], name="orders_lines_of_product")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def net(self) -> int:
        """What the vendor sells the whole line for, taxes included."""
        return self.amount - self.discount

    @property
    def to_pay(self) -> int:
        """What was charged in money for the whole line."""
        return self.net - self.points_worth


class Stage(models.IntegerChoices):
    """The order in which discounts come off (rule 2.2)."""

    SALE = 1, pgettext_lazy("of a price", "Sale")
    VENDOR_ITEM = 2, _("Vendor's coupon for a thing")
    VENDOR_CART = 3, _("Vendor's coupon for the cart")
    SITE_ITEM = 4, _("The site's coupon for a thing")
    SITE_CART = 5, _("The site's coupon for the cart")
    DELIVERY = 6, _("Delivery")
    POINTS = 7, _("Points")
    PAYMENT = 8, _("Way of payment")


class Allocation(models.Model):
    """Money taken off a line: the only record of it. `units[i]` is the part of the i-th unit; they sum to `amount`.

    (source_kind, source_id) names what took it off; `funder` is who bears it: "vendor" or "site".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="allocations", verbose_name=_("line"))
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage)
    source_kind = models.CharField(_("cause"), max_length=40)
    source_id = models.UUIDField(_("key of the cause"), null=True)
    funder = models.CharField(_("borne by"), max_length=6, choices=[("vendor", _("Vendor")), ("site", _("Site"))])
    amount = models.BigIntegerField(_("amount"))
    units = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("money taken off")
        verbose_name_plural = _("money taken off")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="orders_allocation_takes_something")]

    def __str__(self) -> str:
        return f"-{self.amount} · {self.get_stage_display()}"
