"""What someone means to buy. A guest's cart is known by a token in the session and joins the member's at log-in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Variant
from commerce.specifications.models import Schema
from community.foundation import clock
from community.foundation.ids import uuid7

MOST_LINES = 100
MOST_QUANTITY = 999


class CartQuerySet(models.QuerySet["Cart"]):
    def visible_to(self, member: Any) -> "CartQuerySet":
        """One's own alone."""
        return self.filter(member=member) if getattr(member, "is_authenticated", False) else self.none()


class Cart(models.Model):
    """One a member. A guest's has a token instead and is forgotten after a month."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cart", verbose_name=_("member")
    )
    token = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, token__isnull=False) | Q(member__isnull=False, token=None),
                name="cart_of_a_member_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or _("guest"))


class CartLine(models.Model):
    """`seen_price` is the unit price shown when it was put in: a change since is said, never charged silently.

    `label` is the member's own word, by which the bill is split: "office", "mother".
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    quantity = models.PositiveIntegerField(_("quantity"))
    schema = models.ForeignKey(Schema, models.SET_NULL, null=True, related_name="+", verbose_name=_("schema"))
    specification = models.JSONField(_("specification"), null=True)
    seen_price = models.BigIntegerField(_("price seen"))
    label = models.CharField(_("label"), max_length=30, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("line of a cart")
        verbose_name_plural = _("lines of carts")
        ordering = ("added_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["cart", "variant", "specification", "label"], nulls_distinct=False, name="cart_variant_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_QUANTITY), name="cart_quantity_within_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
