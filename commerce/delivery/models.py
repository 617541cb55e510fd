"""How things reach a member, what that costs, and where members want them."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7

phone_letters = RegexValidator(r"^[0-9 +()\-]{3,20}\Z", _("Digits, spaces, + - ( ) only, 3 to 20 of them."))


class MethodKind(models.TextChoices):
    PARCEL = "parcel", _("Parcel")
    PICKUP = "pickup", _("Pick-up at the shop")
    DIGITAL = "digital", _("Download")


class MethodQuerySet(models.QuerySet["Method"]):
    def visible_to(self, member: Any) -> "MethodQuerySet":
        """Active methods of vendors that `member` may see, and all of one's own."""
        rows = self.filter(vendor__in=Vendor.objects.visible_to(member))
        if getattr(member, "is_operator", False):
            return rows
        return rows.filter(Q(active=True) | Q(vendor__in=Vendor.objects.staffed_by(member)))


class Method(models.Model):
    """A vendor's way of delivering. `free_from` is the amount of goods from which it costs nothing (null: never)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="delivery_methods", verbose_name=_("vendor"))
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=8, choices=MethodKind, default=MethodKind.PARCEL)
    fee = models.BigIntegerField(_("fee"), default=0)
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True)
    island_fee = models.BigIntegerField(_("added for Jeju and islands"), default=0)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    days_least = models.PositiveSmallIntegerField(_("days, at least"), default=1)
    days_most = models.PositiveSmallIntegerField(_("days, at most"), default=3)
    pickup_address = models.CharField(_("where to pick it up"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("offered"), default=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(fee__gte=0, island_fee__gte=0), name="delivery_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(days_most__gte=models.F("days_least")), name="delivery_most_days_not_before_least"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AddressQuerySet(models.QuerySet["Address"]):
    def visible_to(self, member: Any) -> "AddressQuerySet":
        """One's own alone; an order carries a copy."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Address(models.Model):
    """An address that a member has used, in the form of its country: Korean ones by 5-digit postcode."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses", verbose_name=_("member")
    )
    name = models.CharField(_("name"), max_length=80)
    line1 = models.CharField(_("address"), max_length=160)
    line2 = models.CharField(_("flat, floor, building"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("region"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    country = models.CharField(_("country"), max_length=2, default="KR")
    phone = models.CharField(_("phone"), max_length=20, validators=[phone_letters])
    used_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "name", "line1", "line2", "city", "region", "postcode", "country", "phone"],
                name="delivery_address_once_a_member",
            ),
        ]
        indexes = [models.Index(fields=["member", "used_at"], name="delivery_addresses_of_member")]

    def __str__(self) -> str:
        return f"{self.name}, {self.line1}"
