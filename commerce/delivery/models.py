"""How vendors deliver, and where members want it: methods with fees, and the address book."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.vendors.models import Vendor
from community.foundation import clock
from community.foundation.ids import uuid7
from community.subjects.models import BilingualName


class MethodKind(models.TextChoices):
    PARCEL = "parcel", _("Parcel")
    PICKUP = "pickup", _("Pick-up at the store")


class MethodQuerySet(models.QuerySet["Method"]):
    def offered(self) -> "MethodQuerySet":
        """Those that buyers may choose, a vendor's default first."""
        return self.filter(active=True).order_by("position", "pk")

    def visible_to(self, member: Any) -> "MethodQuerySet":
        """What is offered is public; the rest is the vendor's own. Operators see all."""
        if getattr(member, "is_operator", False):
            return self
        return self.filter(Q(active=True) | Q(vendor__in=Vendor.objects.staffed_by(member)))


class Method(BilingualName):
    """A way in which a vendor delivers. Amounts are smallest units, taxes included. The first by position is the default.

    From `free_from` of the vendor's goods on it costs nothing but the surcharges: `remote_fee` on Korean islands,
    `abroad_fee` outside Korea (None: not delivered there).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="delivery_methods", verbose_name=_("vendor"))
    kind = models.CharField(_("kind"), max_length=6, choices=MethodKind, default=MethodKind.PARCEL)
    fee = models.BigIntegerField(_("fee"), default=0)
    free_from = models.BigIntegerField(_("free from"), null=True, blank=True)
    remote_fee = models.BigIntegerField(_("surcharge for islands"), default=0)
    abroad_fee = models.BigIntegerField(_("surcharge abroad"), null=True, blank=True)
    days_least = models.PositiveSmallIntegerField(_("days at least"), default=1)
    days_most = models.PositiveSmallIntegerField(_("days at most"), default=3)
    place = models.CharField(_("where to pick it up, and when"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("offered"), default=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(fee__gte=0, remote_fee__gte=0), name="delivery_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(abroad_fee=None) | Q(abroad_fee__gte=0), name="delivery_abroad_fee_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(free_from=None) | Q(free_from__gte=0), name="delivery_free_from_not_negative"
            ),
            models.CheckConstraint(condition=Q(days_most__gte=F("days_least")), name="delivery_days_in_order"),
            models.CheckConstraint(condition=~Q(kind="pickup") | ~Q(place=""), name="delivery_pickup_has_a_place"),
        ]


class AddressQuerySet(models.QuerySet["Address"]):
    def visible_to(self, member: Any) -> "AddressQuerySet":
        """One's own alone; vendors see what an order carries."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Address(models.Model):
    """Where a member has had something sent, remembered for the next time. An order keeps a copy, not a key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses", verbose_name=_("member")
    )
    name = models.CharField(pgettext_lazy("of who receives", "name"), max_length=60)
    line1 = models.CharField(_("street and number"), max_length=120)
    line2 = models.CharField(_("flat, floor, building"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60)
    region = models.CharField(_("province or state"), max_length=60, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12)
    country = models.CharField(_("country"), max_length=2, default="KR")
    phone = models.CharField(_("phone"), max_length=20)
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
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(line1="") & ~Q(city="") & ~Q(postcode=""), name="delivery_address_is_whole"
            ),
        ]
        indexes = [models.Index(fields=["member", "used_at"], name="delivery_addresses_of_member")]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"
