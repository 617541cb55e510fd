"""Operators look delivery methods up; vendors change them at their desk. Addresses are members' own, and in no list."""

from django.contrib import admin

from commerce.delivery.models import Method
from commerce.stock.admin import LookUp


@admin.register(Method)
class MethodAdmin(LookUp):
    list_display = ("name", "vendor", "kind", "fee", "free_from", "position", "active")
    list_select_related = ("vendor",)
    list_filter = ("kind", "active")
    search_fields = ("name", "name_ko", "place", "vendor__name", "vendor__slug")
    ordering = ("vendor_id", "position", "pk")
