"""What is there, what is held, and how it came and went (rule 2.3). Available = on hand - held, always."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Product, Variant
from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7


class StockQuerySet(models.QuerySet["Stock"]):
    def visible_to(self, member: Any) -> "StockQuerySet":
        """A vendor's own; operators see all. What everyone sees is `available` of the variant."""
        if getattr(member, "is_operator", False):
            return self
        return self.filter(variant__product__vendor__in=Vendor.objects.staffed_by(member))


class Stock(models.Model):
    """Units of one variant. `on_hand` is the physical count; a sale lowers both columns in one statement."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.OneToOneField(Variant, models.PROTECT, related_name="stock", verbose_name=_("variant"))
    on_hand = models.BigIntegerField(_("on hand"), default=0)
    held = models.BigIntegerField(_("held"), default=0)
    available = models.GeneratedField(
        expression=F("on_hand") - F("held"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("left to buy"),
    )
    refill_at = models.PositiveIntegerField(_("tell us when no more are left than"), default=0)
    low_told_at = models.DateTimeField(null=True, editable=False)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.CheckConstraint(condition=Q(held__gte=0), name="stock_held_not_negative"),
            models.CheckConstraint(condition=Q(held__lte=F("on_hand")), name="stock_held_at_most_on_hand"),
        ]

    def __str__(self) -> str:
        return str(self.variant.sku)


class HoldState(models.TextChoices):
    HELD = "held", _("Held")
    SOLD = "sold", _("Sold")
    RELEASED = "released", _("Released")


Source = tuple[str, UUID]
"""For what something is kept or moved, as (kind, id): a purchase, a return. This app knows no table of theirs."""


class HoldQuerySet(models.QuerySet[Any]):
    """Of holds of units and of holds of capacity: both have a state, a source and an end."""

    def of(self, source: Source) -> "HoldQuerySet":
        return self.filter(source_kind=source[0], source_id=source[1])

    def due(self) -> "HoldQuerySet":
        """Held beyond their time, by the database's clock."""
        return self.filter(state=HoldState.HELD, expires_at__lte=clock.DatabaseNow())


class Hold(models.Model):
    """Units kept for a source until a moment. Changes only under the lock of its stock (rule 2.3)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="holds", verbose_name=_("stock"))
    quantity = models.PositiveIntegerField(_("quantity"))
    state = models.CharField(_("state"), max_length=8, choices=HoldState, default=HoldState.HELD)
    source_kind = models.CharField(_("for"), max_length=40)
    source_id = models.UUIDField(_("key of the cause"))
    expires_at = models.DateTimeField(_("until"))
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="stock_hold_not_empty"),
            models.UniqueConstraint(fields=["source_kind", "source_id", "stock"], name="stock_hold_once_a_source"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state="held"), name="stock_holds_by_expiry"),
            models.Index(fields=["stock"], condition=Q(state="held"), name="stock_holds_of_stock"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} · {self.get_state_display()}"


class MovementReason(models.TextChoices):
    RECEIVED = "received", _("Received")
    SOLD = "sold", _("Sold")
    RETURNED = "returned", _("Came back")
    COUNTED = "counted", _("Counted")
    DAMAGED = "damaged", _("Damaged or lost")


class Movement(models.Model):
    """A change of the physical count; a trigger refuses any change of it. A stock's movements sum to its `on_hand`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="movements", verbose_name=_("stock"))
    change = models.BigIntegerField(_("change"))
    reason = models.CharField(_("reason"), max_length=10, choices=MovementReason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    source_kind = models.CharField(_("cause"), max_length=40, blank=True)
    source_id = models.UUIDField(_("key of the cause"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        constraints = [
            models.CheckConstraint(condition=~Q(change=0), name="stock_movement_moves_something"),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "stock", "reason"],
                condition=Q(source_id__isnull=False),
                name="stock_movement_once_a_source",
            ),
        ]
        indexes = [models.Index(fields=["stock", "at"], name="stock_movements_of_stock")]

    def __str__(self) -> str:
        return f"{self.change:+d} · {self.get_reason_display()}"


class Calendar(models.Model):
    """The days on which a made-to-order product is made: the row that is locked while they change hands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.OneToOneField(Product, models.CASCADE, related_name="calendar", verbose_name=_("product"))

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def __str__(self) -> str:
        return str(self.product_id)


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def visible_to(self, member: Any) -> "CapacityQuerySet":
        """A vendor's own; operators see all."""
        if getattr(member, "is_operator", False):
            return self
        return self.filter(calendar__product__vendor__in=Vendor.objects.staffed_by(member))


class Capacity(models.Model):
    """How many pieces can be begun on a day: held and used as stock is. Days without a row follow the schema.

    `by_hand` marks days whose places the vendor set (a holiday has none); the others follow a new schema.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days", verbose_name=_("calendar"))
    day = models.DateField(_("day"))
    places = models.PositiveIntegerField(_("places"))
    by_hand = models.BooleanField(_("set by hand"), default=False)
    held = models.PositiveIntegerField(_("held"), default=0)
    used = models.PositiveIntegerField(_("used"), default=0)

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity of a day")
        verbose_name_plural = _("capacities of days")
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="stock_capacity_once_a_day"),
            models.CheckConstraint(
                condition=Q(places__gte=F("held") + F("used")), name="stock_capacity_never_overbooked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.held + self.used}/{self.places}"


class CapacityHold(models.Model):
    """Places of days kept for a source, as `Hold` keeps units; `sold` are places of what is being made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    capacity = models.ForeignKey(Capacity, models.PROTECT, related_name="holds", verbose_name=_("capacity"))
    quantity = models.PositiveIntegerField(_("quantity"))
    state = models.CharField(_("state"), max_length=8, choices=HoldState, default=HoldState.HELD)
    source_kind = models.CharField(_("for"), max_length=40)
    source_id = models.UUIDField(_("key of the cause"))
    expires_at = models.DateTimeField(_("until"))

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold of capacity")
        verbose_name_plural = _("holds of capacity")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="stock_capacity_hold_not_empty"),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "capacity"], name="stock_capacity_hold_once_a_source"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="held"), name="stock_capacity_holds_due")]

    def __str__(self) -> str:
        return f"{self.quantity} · {self.get_state_display()}"
