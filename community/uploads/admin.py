from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.uploads.models import Binding, Upload, Usage
from community.uploads.removing import remove_upload


class BindingInline(TabularInline):
    model = Binding
    extra = 0
    can_delete = False
    readonly_fields = ("kind", "target_id")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Upload)
class UploadAdmin(ModelAdmin):
    list_display = ("preview", "owner", "name", "alt", "size", "created_at")
    list_filter = ("media_type", "created_at")
    search_fields = ("name", "alt", "owner__username")
    list_select_related = ("owner",)
    date_hierarchy = "created_at"
    inlines = [BindingInline]
    actions = ["remove_selected"]

    @admin.display(description=_("Picture"))
    def preview(self, upload: Upload) -> str:
        if upload.is_sound:
            return format_html('<audio controls preload="none" src="{}"></audio>', upload.get_absolute_url())
        return format_html('<img src="{}" alt="{}" width="96" loading="lazy">', upload.thumbnail_url(320), upload.alt)

    @admin.display(description=_("Size"), ordering="bytes")
    def size(self, upload: Upload) -> str:
        sides = "" if upload.is_sound else f"{upload.width} × {upload.height}, "
        return f"{sides}{upload.bytes / 1000:.0f} kB"

    @admin.action(description=_("Delete the chosen pictures"))
    def remove_selected(self, request: HttpRequest, uploads) -> None:
        for upload in uploads.order_by("pk"):
            remove_upload(by=request.user, upload_id=upload.pk)
        self.message_user(request, _("The pictures are deleted."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Usage)
class UsageAdmin(ModelAdmin):
    list_display = ("member", "pictures", "bytes")
    search_fields = ("member__username",)
    list_select_related = ("member",)
    ordering = ("-bytes",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
