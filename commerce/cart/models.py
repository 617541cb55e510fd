"""What somebody means to buy: a member's cart, or a guest's until they log in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Cast
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import Variant
from commerce.specifications.models import Schema
from community.foundation import clock
from community.foundation.ids import uuid7

LABEL_LENGTH = 40


class Cart(models.Model):
    """The lock of its lines. A guest's has the hash of a secret that their cookie holds; a member has one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cart", verbose_name=_("member")
    )
    secret_hash = models.BinaryField(max_length=32, null=True, unique=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, secret_hash__isnull=False) | Q(member__isnull=False, secret_hash=None),
                name="cart_is_a_members_or_a_guests",
            )
        ]
        indexes = [models.Index(fields=["changed_at"], condition=Q(member=None), name="cart_guests_by_age")]

    def __str__(self) -> str:
        return str(self.member or self.pk)


class LineQuerySet(models.QuerySet["CartLine"]):
    def visible_to(self, member: Any) -> "LineQuerySet":
        """The lines of one's own cart; a guest's are found by their secret alone."""
        return self.filter(cart__member=member) if getattr(member, "is_authenticated", False) else self.none()


class CartLine(models.Model):
    """So many of a variant, made as `specification` says (empty where nothing is specified).

    `seen_price` is the price of one that the buyer was last shown: checkout charges no more without asking (2.22).
    `label` is the buyer's own: for whom, for what (2.24).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    schema = models.ForeignKey(Schema, models.CASCADE, null=True, related_name="+", verbose_name=_("schema"))
    specification = models.JSONField(_("specification"), default=dict, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    seen_price = models.BigIntegerField(_("price seen"))
    label = models.CharField(_("label"), max_length=LABEL_LENGTH, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a cart")
        verbose_name_plural = _("lines of carts")
        ordering = ("added_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="cart_line_not_empty"),
            models.CheckConstraint(condition=Q(seen_price__gte=0), name="cart_line_price_not_negative"),
            models.UniqueConstraint(
                "cart", "variant", MD5(Cast("specification", models.TextField())), "label", name="cart_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
