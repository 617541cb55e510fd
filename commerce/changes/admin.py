"""Changes for operators: they see all, and take down what must go."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from commerce.catalog.admin import LookedAt
from commerce.changes.models import Cause, Change
from commerce.changes.writing import show_again, withdraw_change


class CauseInline(TabularInline):
    model = Cause
    extra = 0
    can_delete = False
    fields = readonly_fields = ("source_kind", "source_id", "added_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(LookedAt):
    list_display = ("title", "product", "shown_vendor", "changed_on", "published_at", "withdrawn_at")
    list_select_related = ("product__vendor",)
    search_fields = ("title", "product__title", "product__vendor__name")
    ordering = ("-published_at", "-id")
    exclude = ("html", "renderer")
    inlines = (CauseInline,)
    actions = ("withdraw", "show_again")

    @admin.display(description=_("vendor"))
    def shown_vendor(self, change: Change) -> str:
        return change.product.vendor.name

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Change]) -> None:
        for change in queryset.exclude(product__state="removed").order_by("pk"):
            withdraw_change(by=request.user, change=change)

    @admin.action(description=_("Show again"))
    def show_again(self, request: HttpRequest, queryset: QuerySet[Change]) -> None:
        for change in queryset.exclude(product__state="removed").order_by("pk"):
            show_again(by=request.user, change=change)
