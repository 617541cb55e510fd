"""Operators look schemas up. What members specified is theirs, and stands in no list here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from commerce.specifications.models import Schema


@admin.register(Schema)
class SchemaAdmin(ModelAdmin):
    list_display = ("product", "version", "lead_days", "daily_capacity", "created_at")
    list_select_related = ("product",)
    search_fields = ("product__title",)
    ordering = ("-created_at", "-pk")
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
