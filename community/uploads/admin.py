from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.operating import Confirm, LookUp, LookUpInline, act
from community.uploads.models import Binding, Upload, Usage
from community.uploads.removing import remove_upload


class BindingInline(LookUpInline, TabularInline):
    model = Binding
    fields = ("kind", "target_id")


@admin.register(Upload)
class UploadAdmin(LookUp):
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

    @act(_("Delete the chosen pictures"), asks=Confirm)
    def remove_selected(self, request: Any, upload: Upload) -> None:
        remove_upload(by=request.user, upload_id=upload.pk)


@admin.register(Usage)
class UsageAdmin(LookUp):
    list_display = ("member", "pictures", "bytes")
    search_fields = ("member__username",)
    list_select_related = ("member",)
    ordering = ("-bytes",)
