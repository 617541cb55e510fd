"""Operators look stock up; vendors change it at their desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from commerce.stock.models import Capacity, CapacityHold, Hold, Movement, Stock


class LookUp(ModelAdmin):
    """A page to look things up, not to change them."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Stock)
class StockAdmin(LookUp):
    list_display = ("variant", "on_hand", "held", "available", "refill_at")
    list_select_related = ("variant",)
    search_fields = ("variant__sku", "variant__product__title")
    ordering = ("available", "pk")


@admin.register(Hold)
class HoldAdmin(LookUp):
    list_display = ("stock", "quantity", "state", "source_kind", "source_id", "expires_at")
    list_select_related = ("stock__variant",)
    list_filter = ("state", "source_kind")
    search_fields = ("source_id",)
    ordering = ("-created_at", "-pk")


@admin.register(Movement)
class MovementAdmin(LookUp):
    list_display = ("at", "stock", "change", "reason", "note", "by")
    list_select_related = ("stock__variant", "by")
    list_filter = ("reason",)
    search_fields = ("stock__variant__sku", "note", "source_id")
    ordering = ("-at", "-pk")


@admin.register(Capacity)
class CapacityAdmin(LookUp):
    list_display = ("calendar", "day", "places", "held", "used", "by_hand")
    list_select_related = ("calendar",)
    list_filter = ("by_hand", "day")
    search_fields = ("calendar__product__title",)
    ordering = ("-day", "-pk")


@admin.register(CapacityHold)
class CapacityHoldAdmin(LookUp):
    list_display = ("capacity", "quantity", "state", "source_kind", "source_id", "expires_at")
    list_select_related = ("capacity",)
    list_filter = ("state", "source_kind")
    search_fields = ("source_id",)
    ordering = ("-pk",)
