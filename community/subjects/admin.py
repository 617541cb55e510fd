"""Subjects, categories and stewards for operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.subjects import scoring, searching
from community.subjects.categories import place_category
from community.subjects.hiding import hide_subject, restore_subject
from community.subjects.models import Aspect, Category, Steward, Subject


class AspectInline(TabularInline):
    model = Aspect
    extra = 0


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    list_display = ("path", "name", "name_ko", "prior_mean", "prior_count")
    search_fields = ("name", "name_ko", "slug")
    fields = ("slug", "name", "name_ko", "parent", "position")
    inlines = (AspectInline,)

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        placed = place_category(
            slug=obj.slug, name=obj.name, name_ko=obj.name_ko, parent=obj.parent, position=obj.position
        )
        obj.pk, obj.path, obj._state.adding = placed.pk, placed.path, False

    def get_readonly_fields(self, request: HttpRequest, obj: Category | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()


class StewardInline(TabularInline):
    model = Steward
    extra = 0
    raw_id_fields = ("team",)


@admin.register(Subject)
class SubjectAdmin(ModelAdmin):
    list_display = ("name", "kind", "category", "score", "rating_count", "review_count", "hidden_at", "merged_into")
    list_filter = ("kind", "category", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("category", "merged_into")
    search_fields = ("name", "slug")
    show_full_result_count = False
    fields = ("name", "kind", "category", "summary", "slug", "score", "rating_count", "creator", "created_at")
    readonly_fields = ("slug", "score", "rating_count", "creator", "created_at")
    inlines = (StewardInline,)
    actions = ("hide", "show", "renew_means")

    def save_model(self, request: HttpRequest, obj: Subject, form: Any, change: bool) -> None:
        obj.prior_mean = obj.category.prior_mean
        obj.save(update_fields=["name", "kind", "category", "summary", "prior_mean"])
        searching.index(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Subject | None = None) -> bool:
        return False

    @admin.action(description=_("Hide"))
    def hide(self, request: HttpRequest, queryset: Any) -> None:
        for subject in queryset.filter(merged_into=None).order_by("pk"):
            hide_subject(target=subject, by=request.user)

    @admin.action(description=_("Show again"))
    def show(self, request: HttpRequest, queryset: Any) -> None:
        for subject in queryset.filter(merged_into=None).order_by("pk"):
            restore_subject(target=subject, by=request.user)

    @admin.action(description=_("Renew the categories' means"))
    def renew_means(self, request: HttpRequest, queryset: Any) -> None:
        scoring.refresh_priors()
