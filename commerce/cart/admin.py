"""Operators see that there are carts and how old they are; what somebody means to buy is theirs alone."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from commerce.cart.models import Cart
from commerce.stock.admin import LookUp


@admin.register(Cart)
class CartAdmin(LookUp):
    list_display = ("shown_key", "is_a_members", "number", "changed_at")
    list_filter = (("member", admin.EmptyFieldListFilter),)
    fields = readonly_fields = ("shown_key", "is_a_members", "number", "changed_at")
    ordering = ("-changed_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cart]:
        return super().get_queryset(request).annotate(number_of_lines=Count("lines"))

    @display(description=_("key"), ordering="pk")
    def shown_key(self, cart: Cart) -> str:
        return str(cart.pk)

    @display(description=_("of a member"), boolean=True)
    def is_a_members(self, cart: Cart) -> bool:
        return cart.member_id is not None

    @display(description=_("things"))
    def number(self, cart: Cart) -> int:
        return cart.number_of_lines  # type: ignore[attr-defined]
