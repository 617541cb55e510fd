"""The desk's page of what changed: tell of it, say because of whom, correct it, take it back."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commerce.catalog.models import ProductState
from commerce.changes import writing
from commerce.changes.forms import ChangeForm
from commerce.changes.models import Change
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor


@admin.register(Change, site=desk_site)
class ChangePage(DeskPage):
    section, icon = _("Products"), "published_with_changes"
    form = ChangeForm
    list_display = ("title", "product", "changed_on", "cause_count", "shown_standing")
    list_select_related = ("product",)
    search_fields = ("title", "product__title")
    ordering = ("-changed_on", "-id")
    actions = ("withdraw", "show_again")

    class Media:
        css = {"all": ("css/commerce/changes_desk.css",)}

    def rows_of(self, vendor: Vendor) -> QuerySet[Change]:
        rows = Change.objects.filter(product__vendor=vendor).exclude(product__state=ProductState.REMOVED)
        return rows.annotate(causes_named=Count("causes"))

    def title(self) -> Any:
        return _("What changed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("title", "source", "changed_on", "causes", "addresses")
        return [(None, {"fields": told if obj else ("product", *told)})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.vendor, form.viewer = self.vendor(request), request.user
        return form

    def view_on_site(self, obj: Change) -> str:
        return obj.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Change, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in ("title", "source", "changed_on")}
        if change:
            writing.edit_change(by=request.user, change=obj, sources=form.sources, **said)
            return
        product = form.cleaned_data["product"]
        row = writing.publish_change(by=request.user, product=product, sources=form.sources, **said)
        obj.pk, obj._state.adding = row.pk, False

    @admin.display(description=_("causes"))
    def cause_count(self, row: Any) -> int:
        return row.causes_named

    @admin.display(description=_("shown"), boolean=True)
    def shown_standing(self, row: Change) -> bool:
        return row.withdrawn_at is None

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[Change]) -> None:
        self.each(request, rows, lambda row: writing.withdraw_change(by=request.user, change=row))

    @admin.action(description=_("Show again"))
    def show_again(self, request: HttpRequest, rows: QuerySet[Change]) -> None:
        self.each(request, rows, lambda row: writing.show_again(by=request.user, change=row))
