"""The desk's pages of stock: what is there, how it came and went, days on which things are made."""

import csv
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from commerce.catalog.models import Product, ProductKind
from commerce.stock import capacity, counting, stocktaking
from commerce.stock.desk_forms import CountsForm, DayForm, Happened, NewDayForm, StockForm
from commerce.stock.models import Capacity, Movement, Stock
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.downloading import cell
from commerce.vendors.models import Vendor
from commerce.vendors.staffing import EVERYONE
from community.foundation.problems import NotThere, shown_on

SECTION = _("Stock")
ON_A_PAGE = 100


class LowFilter(admin.SimpleListFilter):
    """What should be ordered."""

    title = _("what is left")
    parameter_name = "low"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("low", _("Few are left")), ("none", _("None can be sold"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen: dict[str, dict[str, Any]] = {"low": {"on_hand__lte": F("refill_at")}, "none": {"available__lte": 0}}
        return queryset.filter(**chosen.get(self.value() or "", {}))


@admin.register(Stock, site=desk_site)
class StockPage(DeskPage):
    """What is on the shelf. Each change asks what happened, and stays in the history."""

    roles, section, icon = EVERYONE, SECTION, "inventory_2"
    form = StockForm
    list_display = ("shown_title", "sku", "on_hand", "held", "available", "refill_at", "shown_state")
    list_select_related = ("variant__product",)
    list_filter = (LowFilter,)
    search_fields = ("variant__sku", "variant__product__title")
    ordering = ("available", "pk")
    readonly_fields = ("shown_title", "sku", "on_hand", "held", "available")
    fieldsets = (
        (
            None,
            {
                "fields": ("shown_title", "sku", "on_hand", "held", "available"),
                "description": _(
                    "Held are units of buyers who are paying just now. Available is what others can buy: "
                    "on hand less held."
                ),
            },
        ),
        (_("What happened"), {"fields": ("happened", "number", "note")}),
        (_("Letters"), {"fields": ("refill_at",)}),
    )
    change_list_template = "commerce/stock/desk/stocks.html"

    def rows_of(self, vendor: Vendor) -> QuerySet[Stock]:
        return Stock.objects.filter(variant__vendor=vendor)

    def title(self) -> Any:
        return _("What is there")

    def view_on_site(self, obj: Stock) -> str:
        return obj.variant.product.get_absolute_url()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def save_model(self, request: HttpRequest, obj: Stock, form: Any, change: bool) -> None:
        told, by, variant = form.cleaned_data, request.user, obj.variant
        number, note = told.get("number"), told.get("note", "")
        if told.get("happened") == Happened.RECEIVED:
            counting.receive(by=by, variant=variant, quantity=number, note=note)
        elif told.get("happened") == Happened.COUNTED:
            counting.set_on_hand(by=by, variant=variant, on_hand=number, note=note)
        elif told.get("happened") == Happened.DAMAGED:
            counting.correct(by=by, variant=variant, change=-number, note=note)
        if "refill_at" in form.changed_data:
            counting.set_refill_at(by=by, variant=variant, refill_at=told["refill_at"])

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("count/", self.admin_site.admin_view(self.count), name="commerce_stock_count"),
            path("counts.csv", self.admin_site.admin_view(self.counts), name="commerce_stock_counts"),
        ]
        return [*own, *super().get_urls()]

    def count(self, request: HttpRequest) -> HttpResponse:
        """Count many at once, on the page or by a file; says of each row what became of it."""
        vendor = self._vendor_that_counts(request)
        form = CountsForm(request.POST or None, request.FILES or None)
        results: list[stocktaking.Result] = []
        if request.method == "POST" and form.is_valid():
            with shown_on(form):
                file = form.cleaned_data["file"]
                counts = stocktaking.read_counts(file) if file else _counts_on_page(request)
                note = form.cleaned_data["note"]
                results = stocktaking.take_stock(by=request.user, vendor=vendor, counts=counts, note=note)
        words = request.GET.get("q", "")[:100].replace("\0", "")
        rows = stocktaking.countable(vendor).order_by("product__title", "position", "pk")
        if words:
            rows = rows.filter(sku__icontains=words) | rows.filter(product__title__icontains=words)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Count many at once"),
            "form": form,
            "results": results,
            "refused": sum(1 for result in results if result.refused),
            "variants": rows[:ON_A_PAGE],
            "words": words,
            "opts": self.model._meta,
        }
        return TemplateResponse(request, "commerce/stock/desk/count.html", context)

    def counts(self, request: HttpRequest) -> HttpResponse:
        """The list to fill in and send back."""
        answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="counts.csv"'
        written = csv.writer(answer)
        for row in stocktaking.written_counts(self._vendor_that_counts(request)):
            written.writerow([cell(value) for value in row])
        return answer

    def _vendor_that_counts(self, request: HttpRequest) -> Vendor:
        if not self.may_change(request):
            raise NotThere
        return self.vendor(request)

    @display(description=_("product"), ordering="variant__product__title")
    def shown_title(self, stock: Stock) -> str:
        label = stock.variant.label
        return f"{stock.variant.product.title} · {label}" if label else stock.variant.product.title

    @display(description=_("SKU"), ordering="variant__sku")
    def sku(self, stock: Stock) -> str:
        return stock.variant.sku

    @display(description=_("what is left"), label={"none": "danger", "low": "warning", "enough": "success"})
    def shown_state(self, stock: Stock) -> tuple[str, Any]:
        if stock.available <= 0:
            return "none", _("Sold out")
        return ("low", _("Few are left")) if stock.on_hand <= stock.refill_at else ("enough", _("Enough"))


@admin.register(Movement, site=desk_site)
class MovementPage(DeskPage):
    """How everything came and went: never changed, only added to."""

    roles, section, icon = EVERYONE, SECTION, "swap_vert"
    list_display = ("at", "shown_title", "sku", "change", "reason", "note", "shown_by")
    list_select_related = ("stock__variant__product", "by")
    list_filter = ("reason", "at")
    search_fields = ("stock__variant__sku", "stock__variant__product__title", "note")
    ordering = ("-at", "-pk")
    fields = readonly_fields = ("at", "shown_title", "sku", "change", "reason", "note", "shown_by")

    def rows_of(self, vendor: Vendor) -> QuerySet[Movement]:
        return Movement.objects.filter(stock__variant__vendor=vendor)

    def title(self) -> Any:
        return _("How it came and went")

    @display(description=_("product"))
    def shown_title(self, movement: Movement) -> str:
        return movement.stock.variant.product.title

    @display(description=_("SKU"))
    def sku(self, movement: Movement) -> str:
        return movement.stock.variant.sku

    @display(description=_("by"))
    def shown_by(self, movement: Movement) -> str:
        return movement.by.shown_name if movement.by else "—"


@admin.register(Capacity, site=desk_site)
class CapacityPage(DeskPage):
    """Days on which things are made to order: how many are taken, and days with other places than usual."""

    roles, section, icon = EVERYONE, SECTION, "calendar_month"
    form = DayForm
    list_display = ("day", "shown_title", "places", "held", "used", "by_hand")
    list_select_related = ("calendar__product",)
    list_filter = ("day",)
    search_fields = ("calendar__product__title",)
    ordering = ("day", "pk")
    readonly_fields = ("shown_title", "held", "used")

    def rows_of(self, vendor: Vendor) -> QuerySet[Capacity]:
        return Capacity.objects.filter(calendar__product__vendor=vendor)

    def title(self) -> Any:
        return _("Days of making")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("shown_title", "day", "places", "held", "used") if obj else ("product", "day", "places")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("shown_title", "day", "held", "used") if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, form=NewDayForm, **kwargs)
        made = Product.objects.filter(vendor=self.vendor(request), kind=ProductKind.MADE_TO_ORDER).order_by("title")
        form.base_fields["product"].queryset = made
        return form

    def save_model(self, request: HttpRequest, obj: Capacity, form: Any, change: bool) -> None:
        product = obj.calendar.product if change else form.cleaned_data["product"]
        row = capacity.set_places(by=request.user, product=product, day=obj.day, places=form.cleaned_data["places"])
        obj.pk, obj.calendar = row.pk, row.calendar

    @display(description=_("product"))
    def shown_title(self, row: Capacity) -> str:
        return row.calendar.product.title


def _counts_on_page(request: HttpRequest) -> list[tuple[str, str]]:
    """The numbers that were entered beside SKUs; fields left empty count nothing."""
    pairs = zip(request.POST.getlist("sku"), request.POST.getlist("on_hand"), strict=False)
    return [(sku, number.strip()) for sku, number in pairs if number.strip()]
