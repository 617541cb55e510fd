"""Products for operators: they see all, take off sale what must go, and keep the attributes of categories."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from commerce import money
from commerce.catalog.models import Attribute, Picture, PricePoint, Product, ProductState, Variant
from commerce.catalog.offering import pause_product, remove_product


class LookedAt(ModelAdmin):
    """Rows that vendors change at their desk."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VariantInline(TabularInline):
    model = Variant
    extra = 0
    can_delete = False
    fields = readonly_fields = ("sku", "label", "price", "active")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PictureInline(TabularInline):
    model = Picture
    extra = 0
    can_delete = False
    fields = readonly_fields = ("alt", "position")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(LookedAt):
    list_display = (
        "title",
        "vendor",
        "category",
        "state",
        "kind",
        "shown_price",
        "available",
        "sold_count",
        "listed_at",
    )
    list_filter = ("state", "kind", "available")
    list_select_related = ("vendor", "category")
    search_fields = ("title", "slug", "vendor__name", "variants__sku")
    ordering = ("-id",)
    inlines = (VariantInline, PictureInline)
    exclude = ("search", "html", "renderer")
    actions = ("pause", "remove")

    @admin.display(description=_("lowest price"), ordering="price")
    def shown_price(self, product: Product) -> str:
        return "–" if product.price is None else money.formatted(product.price)

    @admin.action(description=_("Pause"))
    def pause(self, request: HttpRequest, queryset: Any) -> None:
        for product in queryset.exclude(state=ProductState.REMOVED).order_by("pk"):
            pause_product(by=request.user, product=product)

    @admin.action(description=_("Remove for good"))
    def remove(self, request: HttpRequest, queryset: Any) -> None:
        for product in queryset.exclude(state=ProductState.REMOVED).order_by("pk"):
            remove_product(by=request.user, product=product)


@admin.register(PricePoint)
class PricePointAdmin(LookedAt):
    list_display = ("variant", "price", "since", "by")
    list_select_related = ("variant", "by")
    search_fields = ("variant__sku",)
    ordering = ("-since", "-id")


@admin.register(Attribute)
class AttributeAdmin(ModelAdmin):
    list_display = ("slug", "name", "name_ko", "category", "kind", "unit", "position")
    list_filter = ("kind",)
    list_select_related = ("category",)
    search_fields = ("slug", "name", "name_ko")
