"""What was searched for and what was opened, for operators to read. Nothing here can be changed."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from community.touchpoints.models import Touchpoint


@admin.register(Touchpoint)
class TouchpointAdmin(ModelAdmin):
    list_display = ("at", "kind", "words", "results", "place", "target_kind", "member", "channel", "language")
    list_filter = ("kind", "channel", "language")
    search_fields = ("words",)
    list_select_related = ("member",)
    date_hierarchy = "at"
    ordering = ("-id",)
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
