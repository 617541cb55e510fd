"""How a vendor delivers: its methods at the desk, each with what buyers in Seoul, on Jeju and abroad would pay."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import display

from commerce import money
from commerce.delivery import offering
from commerce.delivery.desk_forms import MethodForm
from commerce.delivery.errors import NotDeliveredThere
from commerce.delivery.fees import Destination, fee_of
from commerce.delivery.models import Method
from commerce.delivery.reading import offered
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor

SEOUL, JEJU, ABROAD = Destination("KR", "04524"), Destination("KR", "63122"), Destination("GB", "SW1Y 4JH")


@admin.register(Method, site=desk_site)
class MethodPage(DeskPage):
    icon = "local_shipping"
    form = MethodForm
    list_display = ("name", "kind", "shown_fee", "shown_free_from", "days", "position", "active")
    list_filter = ("kind", "active")
    search_fields = ("name", "name_ko", "place")
    ordering = ("position", "pk")
    actions = ("offer_again", "offer_no_more")
    readonly_fields = ("preview",)

    def rows_of(self, vendor: Vendor) -> QuerySet[Method]:
        return Method.objects.filter(vendor=vendor)

    def title(self) -> Any:
        return gettext_lazy("How we deliver")

    def view_on_site(self, obj: Any) -> None:
        return None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("kind", "name", "name_ko", "place", ("days_least", "days_most"))
        costs = ("fee", "free_from", "remote_fee", "abroad_fee")
        shown = [(_("What buyers pay"), {"fields": ("preview",)})] if obj else []
        return [
            (None, {"fields": told}),
            (_("What it costs"), {"fields": costs}),
            (_("Among the others"), {"fields": ("position", "active")}),
            *shown,
        ]

    def save_model(self, request: HttpRequest, obj: Method, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in offering.FIELDS}
        if change:
            offering.change(by=request.user, method_id=obj.pk, **said)
            return
        row = offering.offer(by=request.user, vendor=self.vendor(request), **said)
        obj.pk, obj._state.adding = row.pk, False
        obj.refresh_from_db()

    def delete_model(self, request: HttpRequest, obj: Method) -> None:
        offering.withdraw(by=request.user, method_id=obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Method]) -> None:
        for row in queryset.order_by("pk"):
            offering.withdraw(by=request.user, method_id=row.pk)

    @admin.action(description=gettext_lazy("Offer again"))
    def offer_again(self, request: HttpRequest, rows: QuerySet[Method]) -> None:
        self.each(request, rows, lambda row: offering.change(by=request.user, method_id=row.pk, active=True))

    @admin.action(description=gettext_lazy("Offer no more"))
    def offer_no_more(self, request: HttpRequest, rows: QuerySet[Method]) -> None:
        self.each(request, rows, lambda row: offering.change(by=request.user, method_id=row.pk, active=False))

    @display(description=gettext_lazy("fee"), ordering="fee")
    def shown_fee(self, row: Method) -> str:
        return money.formatted(row.fee)

    @display(description=gettext_lazy("free from"), ordering="free_from")
    def shown_free_from(self, row: Method) -> str:
        return "–" if row.free_from is None else money.formatted(row.free_from)

    @display(description=gettext_lazy("days"))
    def days(self, row: Method) -> str:
        if row.days_least == row.days_most:
            return ngettext("%(n)s day", "%(n)s days", row.days_most) % {"n": row.days_most}
        return _("%(least)s to %(most)s days") % {"least": row.days_least, "most": row.days_most}

    @display(description=gettext_lazy("as buyers see it"))
    def preview(self, row: Method) -> SafeString:
        """What a first small thing would cost to deliver, and from where on it is free."""
        places = ((_("Seoul"), SEOUL), (_("Jeju"), JEJU), (_("London"), ABROAD))
        lines = [(name, _fee(row, where)) for name, where in places]
        if row.free_from is not None and row.fee:
            lines.append((_("Free from"), money.formatted(row.free_from)))
        return format_html_join("", "<p>{}: {}</p>", lines)


def _fee(row: Method, where: Destination) -> str:
    try:
        amount = fee_of(offered(row), 0, where).amount
    except NotDeliveredThere:
        return _("not delivered")
    return money.formatted(amount) if amount else _("free")
