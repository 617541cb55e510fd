"""The desk's pages of returns: what waits, by its clock, and money out of goodwill."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from commerce import money
from commerce.orders import carriers
from commerce.orders.models import Order
from commerce.returns import deciding, receiving, refunding, replacing
from commerce.returns.desk_forms import ACCEPT, RECEIVE, REFUND, REJECT, GoodwillForm, acts_of, form_for
from commerce.returns.errors import NoSuchOrder
from commerce.returns.models import OPEN, Return, ReturnState
from commerce.returns.naming import summary
from commerce.returns.reading import expected, whole
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor
from commerce.vendors.staffing import EVERYONE, MANAGERS
from community.foundation import clock
from community.foundation.problems import NotThere, shown_on

SECTION = gettext_lazy("Orders")
TONES = {
    ReturnState.REQUESTED: "warning",
    ReturnState.ACCEPTED: "info",
    ReturnState.RECEIVED: "warning",
    ReturnState.REFUNDED: "success",
    ReturnState.REPLACED: "success",
    ReturnState.REJECTED: "danger",
}


class OpenFilter(admin.SimpleListFilter):
    """What is still to be done."""

    title = gettext_lazy("to be done")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Still open")), ("late", gettext_lazy("Its time has run out"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "late":
            return queryset.filter(due_at__lte=clock.now())
        return queryset.filter(state__in=OPEN) if self.value() == "yes" else queryset


@admin.register(Return, site=desk_site)
class ReturnPage(DeskPage):
    """What buyers send back: answer, count what arrived, refund or replace."""

    roles, section, icon = EVERYONE, SECTION, "assignment_return"
    list_display = ("number", "shown_what", "shown_why", "wants", "shown_state", "due_at", "requested_at")
    list_filter = (OpenFilter, "state", "wants")
    search_fields = ("number", "lines__line__title", "tracking")
    ordering = ("-requested_at", "-pk")
    actions = ("accept_all", "receive_all", "refund_all")
    readonly_fields = (
        "number",
        "shown_order",
        "shown_state",
        "due_at",
        "wants",
        "shown_lines",
        "note",
        "shown_expected",
        "answer",
        "shown_parcel",
    )
    change_list_template = "commerce/returns/desk/returns.html"

    def rows_of(self, vendor: Vendor) -> QuerySet[Return]:
        return whole(Return.objects.of_vendor(vendor))

    def title(self) -> Any:
        return _("Returns")

    def view_on_site(self, obj: Return) -> str:
        return obj.get_absolute_url()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request) and (obj is None or bool(acts_of(obj)))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = (None, {"fields": self.readonly_fields})
        if obj is None or not self.has_change_permission(request, obj):
            return [shown]
        counts = [name for name in form_for(obj).base_fields if name.startswith(("came_", "good_"))]
        told: list[Any] = [(_("What next"), {"fields": ("act", "reason")})]
        told += [(_("What arrived"), {"fields": counts})] if counts else []
        told += [(_("What goes out in its place"), {"fields": ("carrier", "tracking")})] if not counts else []
        return [shown, *told]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({"form": form_for(obj)} if obj else {}), **kwargs)

    def save_model(self, request: HttpRequest, obj: Return, form: Any, change: bool) -> None:
        told, by, key = form.cleaned_data, request.user, obj.pk
        act, reason = told.get("act"), told.get("reason", "")
        if act in (ACCEPT, REJECT):
            deciding.decide(by=by, return_id=key, accepted=act == ACCEPT, reason=reason)
        elif act == RECEIVE:
            receiving.receive(by=by, return_id=key, lines=form.inspected)
        elif act == REFUND:
            refunding.refund_return(by=by, return_id=key)
        else:
            replacing.replace(by=by, return_id=key, carrier=told["carrier"], tracking=told["tracking"])

    @admin.action(description=gettext_lazy("Accept"))
    def accept_all(self, request: HttpRequest, rows: QuerySet[Return]) -> None:
        self.each(request, rows, lambda row: deciding.decide(by=request.user, return_id=row.pk, accepted=True))

    @admin.action(description=gettext_lazy("All arrived, all can be sold again"))
    def receive_all(self, request: HttpRequest, rows: QuerySet[Return]) -> None:
        self.each(request, rows, lambda row: receiving.receive(by=request.user, return_id=row.pk))

    @admin.action(description=gettext_lazy("Refund what arrived"))
    def refund_all(self, request: HttpRequest, rows: QuerySet[Return]) -> None:
        self.each(request, rows, lambda row: refunding.refund_return(by=request.user, return_id=row.pk))

    def get_urls(self) -> list[URLPattern]:
        own = [path("goodwill/", self.admin_site.admin_view(self.goodwill), name="commerce_returns_goodwill")]
        return [*own, *super().get_urls()]

    def goodwill(self, request: HttpRequest) -> HttpResponse:
        """Give the buyer of an order money for nothing that comes back."""
        if not self.may_change(request) or self.place(request).role not in MANAGERS:
            raise NotThere
        form = GoodwillForm(request.POST or None, initial={"order": request.GET.get("order", "")[:24]})
        if request.method == "POST" and form.is_valid():
            with shown_on(form):
                told = form.cleaned_data
                order = _order_of(self.vendor(request), told["order"])
                given = refunding.goodwill(
                    by=request.user, order_id=order.pk, amount=told["amount"], reason=told["reason"]
                )
                sentence = _("%(amount)s go back to the buyer of %(number)s.")
                messages.success(request, sentence % {"amount": money.formatted(given.money), "number": order.number})
                return redirect(reverse("desk:commerce_returns_return_changelist"))
        context = {**self.admin_site.each_context(request), "title": _("Money out of goodwill"), "form": form}
        context["opts"] = self.model._meta
        return TemplateResponse(request, "commerce/returns/desk/goodwill.html", context)

    @display(description=gettext_lazy("what comes back"))
    def shown_what(self, row: Return) -> str:
        lines = list(row.lines.all())
        units = sum(one.quantity for one in lines)
        return f"{units} × {summary([one.line.title for one in lines])}"

    @display(description=gettext_lazy("reason"))
    def shown_why(self, row: Return) -> str:
        return ", ".join(dict.fromkeys(str(one.get_reason_display()) for one in row.lines.all()))

    @display(description=gettext_lazy("state"), ordering="state", label=TONES)
    def shown_state(self, row: Return) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=gettext_lazy("order"))
    def shown_order(self, row: Return) -> str:
        return row.order.number

    @display(description=gettext_lazy("what comes back"))
    def shown_lines(self, row: Return) -> str:
        words = [
            (
                one.quantity,
                one.line.title,
                one.line.options,
                one.get_reason_display(),
                f" “{one.words}”" if one.words else "",
                self._counted(row, one),
            )
            for one in row.lines.all()
        ]
        return format_html_join(mark_safe("<br>"), "{} × {} {} · {}{}{}", words)

    def _counted(self, row: Return, one: Any) -> str:
        if row.received_at is None:
            return ""
        said = {"came": one.received, "good": one.good, "refunded": one.refunded}
        return " · " + _("%(came)d arrived, %(good)d good, %(refunded)d refunded") % said

    @display(description=gettext_lazy("goes back to the buyer"))
    def shown_expected(self, row: Return) -> str:
        back = expected(row)
        words = money.formatted(back.money if row.due_at else 0)
        if back.points_worth and row.due_at:
            worth = money.formatted(back.points_worth)
            words += " + " + _("%(worth)s in points, which the site bears") % {"worth": worth}
        return words

    @display(description=gettext_lazy("parcel"))
    def shown_parcel(self, row: Return) -> str:
        if row.sent_at is None:
            return "—"
        words, url = f"{carriers.name_of(row.carrier)} {row.tracking}", carriers.tracking_url(row.carrier, row.tracking)
        return format_html('<a href="{}" rel="noopener">{}</a>', url, words) if url else words


def _order_of(vendor: Vendor, number: str) -> Order:
    """The vendor's order of this number. Raises NoSuchOrder."""
    order = Order.objects.of_vendor(vendor).filter(number=number.strip()).first()
    if order is None:
        raise NoSuchOrder(field="order")
    return order
