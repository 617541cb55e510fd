"""The vendor's pages at the desk: products, variants, pictures, files for buyers; tables in and out."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from commerce import money
from commerce.catalog import desk_tables, downloading, offering, picturing, variants
from commerce.catalog.errors import NothingToSell
from commerce.catalog.forms import FileForm, PictureForm, ProductForm, VariantForm
from commerce.catalog.models import DigitalFile, Picture, Product, ProductState, Variant
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor
from community.subjects.models import Category
from community.uploads.storing import store_upload


class CatalogPage(DeskPage):
    """Pages of this app: owners and managers add and change; what was sold stays, so that nothing is deleted."""

    section = _("Products")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)


def _became(obj: Any, row: Any) -> None:
    """Let the admin go on with the row that the act made."""
    obj.pk, obj._state.adding = row.pk, False
    obj.refresh_from_db()


@admin.register(Product, site=desk_site)
class ProductPage(CatalogPage):
    icon = "deployed_code"
    form = ProductForm
    choices = {"category": lambda vendor: Category.objects.order_by("path")}
    list_display = ("title", "state", "kind", "shown_price", "available", "sold_count", "listed_at")
    list_filter = ("state", "kind", "available")
    search_fields = ("title", "variants__sku")
    ordering = ("-id",)
    actions = ("put_on_sale", "pause", "make_matrix", "remove")
    change_list_template = "commerce/catalog/desk/products.html"

    def rows_of(self, vendor: Vendor) -> QuerySet[Product]:
        return Product.objects.filter(vendor=vendor).exclude(state=ProductState.REMOVED)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("title", "category", "summary", "source", "options_text")
        terms = ("tax_rate", "warranty_months", "return_days")
        first = (*told, "attributes_text") if obj else ("about", *told, "kind")
        return [(None, {"fields": first}), (_("Terms"), {"fields": terms})]

    def get_urls(self) -> Any:
        tables = desk_tables.Tables(self)
        return [
            path(
                "export.<str:form>", self.admin_site.admin_view(tables.export), name="commerce_catalog_product_export"
            ),
            path("import/", self.admin_site.admin_view(tables.take_in), name="commerce_catalog_product_import"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        said = dict(form.cleaned_data)
        said["options"] = said.pop("options_text")
        if change:
            said["attributes"] = said.pop("attributes_text")
            _became(obj, offering.change_product(by=request.user, product=obj, **said))
        else:
            vendor, subject = self.vendor(request), said.pop("about")
            _became(obj, offering.create_product(by=request.user, vendor=vendor, subject=subject, **said))

    @admin.display(description=_("lowest price"), ordering="price")
    def shown_price(self, product: Product) -> str:
        return "–" if product.price is None else money.formatted(product.price)

    @admin.action(description=_("Put on sale"))
    def put_on_sale(self, request: HttpRequest, rows: QuerySet[Product]) -> None:
        self.each(request, rows, lambda row: offering.list_product(by=request.user, product=row))

    @admin.action(description=_("Pause"))
    def pause(self, request: HttpRequest, rows: QuerySet[Product]) -> None:
        self.each(request, rows, lambda row: offering.pause_product(by=request.user, product=row))

    @admin.action(description=_("Make every missing variant, at the lowest price"))
    def make_matrix(self, request: HttpRequest, rows: QuerySet[Product]) -> None:
        def fill(row: Product) -> None:
            if row.price is None:
                raise NothingToSell
            variants.make_matrix(by=request.user, product=row, price=row.price, stem=row.slug[:30])

        self.each(request, rows, fill)

    @admin.action(description=_("Remove for good"))
    def remove(self, request: HttpRequest, rows: QuerySet[Product]) -> None:
        self.each(request, rows, lambda row: offering.remove_product(by=request.user, product=row))


@admin.register(Variant, site=desk_site)
class VariantPage(CatalogPage):
    icon = "style"
    form = VariantForm
    list_display = ("sku", "product", "label", "shown_price", "active")
    list_filter = ("active",)
    list_select_related = ("product",)
    search_fields = ("sku", "product__title")
    ordering = ("product_id", "position", "id")
    actions = ("sell_no_more", "sell_again")

    def rows_of(self, vendor: Vendor) -> QuerySet[Variant]:
        return Variant.objects.filter(vendor=vendor).exclude(product__state=ProductState.REMOVED)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ("sku", "amount") if obj else ("product", "sku", "amount", "options_text")
        return [(None, {"fields": fields})]

    def view_on_site(self, obj: Variant) -> str:
        return f"{obj.product.get_absolute_url()}?variant={obj.pk}"

    def save_model(self, request: HttpRequest, obj: Variant, form: Any, change: bool) -> None:
        said = form.cleaned_data
        if not change:
            _became(obj, variants.add(
                by=request.user, product=said["product"], sku=said["sku"], price=said["amount"],
                options=said["options_text"],
            ))  # fmt: skip
            return
        if "sku" in form.changed_data:
            variants.rename_sku(by=request.user, variant=obj, sku=said["sku"])
        _became(obj, variants.change_price(by=request.user, variant=obj, price=said["amount"]))

    @admin.display(description=_("price"), ordering="price")
    def shown_price(self, variant: Variant) -> str:
        return money.formatted(variant.price)

    @admin.action(description=_("Sell no more"))
    def sell_no_more(self, request: HttpRequest, rows: QuerySet[Variant]) -> None:
        self.each(request, rows, lambda row: variants.retire(by=request.user, variant=row))

    @admin.action(description=_("Sell again"))
    def sell_again(self, request: HttpRequest, rows: QuerySet[Variant]) -> None:
        self.each(request, rows, lambda row: variants.bring_back(by=request.user, variant=row))


@admin.register(Picture, site=desk_site)
class PicturePage(CatalogPage):
    icon = "image"
    form = PictureForm
    list_display = ("product", "alt", "variant", "position")
    list_select_related = ("product", "variant")
    search_fields = ("product__title", "alt")
    ordering = ("product_id", "position", "id")

    def rows_of(self, vendor: Vendor) -> QuerySet[Picture]:
        return Picture.objects.filter(product__vendor=vendor).exclude(product__state=ProductState.REMOVED)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ("alt", "position") if obj else ("product", "variant", "file", "alt")
        return [(None, {"fields": fields})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def view_on_site(self, obj: Picture) -> str:
        return obj.product.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        said, by = form.cleaned_data, request.user
        if change:
            picturing.describe(by=by, picture=obj, alt=said["alt"])
            picturing.move(by=by, picture=obj, position=said["position"])
            _became(obj, obj)
            return
        file = said["file"]
        upload = store_upload(by=by, file=file, name=file.name, alt=said["alt"])
        _became(obj, picturing.add_picture(
            by=by, product=said["product"], upload_id=upload.pk, alt=said["alt"], variant=said["variant"]
        ))  # fmt: skip

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        picturing.remove_picture(by=request.user, picture=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        for picture in queryset.order_by("product_id", "pk"):
            picturing.remove_picture(by=request.user, picture=picture)


@admin.register(DigitalFile, site=desk_site)
class FilePage(CatalogPage):
    icon = "download"
    form = FileForm
    list_display = ("name", "product", "size", "added_at")
    list_select_related = ("product",)
    search_fields = ("name", "product__title")
    ordering = ("-id",)

    def rows_of(self, vendor: Vendor) -> QuerySet[DigitalFile]:
        return DigitalFile.objects.filter(product__vendor=vendor)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": ("product",) if obj else ("product", "file")})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def save_model(self, request: HttpRequest, obj: DigitalFile, form: Any, change: bool) -> None:
        file = form.cleaned_data["file"]
        product = form.cleaned_data["product"]
        _became(obj, downloading.add_file(by=request.user, product=product, file=file, name=file.name, size=file.size))

    def delete_model(self, request: HttpRequest, obj: DigitalFile) -> None:
        downloading.remove_file(by=request.user, file=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[DigitalFile]) -> None:
        for file in queryset.order_by("pk"):
            downloading.remove_file(by=request.user, file=file)
