"""Score cards and ranked lists for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.scorecards import hiding
from community.scorecards.models import RankedList, ScoreCard


class HidingAdmin(ModelAdmin):
    """What members made: read, hidden, shown again."""

    search_fields = ("title", "slug")
    show_full_result_count = False
    actions = ("hide", "show")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    @admin.action(description=_("Hide"))
    def hide(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset.order_by("pk"):
            hiding.hide(target=row, by=request.user)

    @admin.action(description=_("Show again"))
    def show(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset.order_by("pk"):
            hiding.restore(target=row, by=request.user)


@admin.register(ScoreCard)
class ScoreCardAdmin(HidingAdmin):
    list_display = ("title", "creator", "member_count", "created_at", "hidden_at")
    list_select_related = ("creator",)


@admin.register(RankedList)
class RankedListAdmin(HidingAdmin):
    list_display = ("title", "owner", "public", "updated_at", "hidden_at")
    list_select_related = ("owner",)
