"""Operators decide on vendors. Nothing is edited here: a vendor tells who it is itself, at its desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from commerce.vendors import deciding, trader
from commerce.vendors.models import Vendor, VendorState
from community.foundation.problems import Problem


class ReasonForm(forms.Form):
    """Why; the applicant reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Those who work there read it, in these words."),
    )


@admin.register(Vendor)
class VendorAdmin(ModelAdmin):
    """Vendors; those that wait for a decision stand first in the filter."""

    list_display = ("name", "shown_state", "legal_name", "business_number", "applied_by", "applied_at", "product_count")
    list_filter = ("state", "applied_at")
    search_fields = ("name", "slug", "legal_name", "business_number")
    list_select_related = ("applied_by",)
    ordering = ("-applied_at", "-pk")
    show_full_result_count = False
    actions = ("approve", "refuse", "suspend", "reopen", "close")
    fieldsets = (
        (None, {"fields": ("name", "slug", "team", "introduction", "state")}),
        (gettext_lazy("Trader data"), {"fields": trader.FIELDS}),
        (
            gettext_lazy("Decision"),
            {"fields": ("applied_by", "applied_at", "decided_by", "decided_at", "decision_reason")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Members apply on the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Contracts name it for years; it is closed."""
        return False

    def view_on_site(self, vendor: Vendor) -> str:
        return vendor.get_absolute_url()

    @display(description=gettext_lazy("state"), ordering="state", label={VendorState.APPLIED: "info", VendorState.APPROVED: "success", VendorState.SUSPENDED: "warning", VendorState.REFUSED: "danger"})  # fmt: skip
    def shown_state(self, vendor: Vendor) -> tuple[str, str]:
        return vendor.state, vendor.get_state_display()

    @admin.action(description=gettext_lazy("Approve"), permissions=["view"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Vendor]) -> None:
        self._each(request, chosen, deciding.approve)

    @admin.action(description=gettext_lazy("Reopen"), permissions=["view"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Vendor]) -> None:
        self._each(request, chosen, deciding.reopen)

    @admin.action(description=gettext_lazy("Refuse, with a reason"), permissions=["view"])
    def refuse(self, request: HttpRequest, chosen: QuerySet[Vendor]) -> HttpResponse | None:
        return self._with_reason(request, chosen, deciding.refuse, _("Refuse these applications?"))

    @admin.action(description=gettext_lazy("Suspend, with a reason"), permissions=["view"])
    def suspend(self, request: HttpRequest, chosen: QuerySet[Vendor]) -> HttpResponse | None:
        return self._with_reason(request, chosen, deciding.suspend, _("Suspend these vendors?"))

    @admin.action(description=gettext_lazy("Close for good, with a reason"), permissions=["view"])
    def close(self, request: HttpRequest, chosen: QuerySet[Vendor]) -> HttpResponse | None:
        return self._with_reason(request, chosen, deciding.close, _("Close these vendors for good?"))

    def _with_reason(
        self, request: HttpRequest, chosen: QuerySet[Vendor], act: Callable[..., Vendor], title: str
    ) -> HttpResponse | None:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._each(request, chosen, act, reason=form.cleaned_data["reason"])
            return redirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "vendors": chosen,
            "form": form,
            "action": request.POST.get("action", ""),
        }
        return TemplateResponse(request, "commerce/vendors/admin/reason.html", context)

    def _each(self, request: HttpRequest, chosen: QuerySet[Vendor], act: Callable[..., Vendor], **told: Any) -> None:
        """How it went with each."""
        for vendor in chosen.order_by("pk"):
            try:
                act(by=request.user, vendor=vendor, **told)
                messages.success(request, _("%(name)s: done.") % {"name": vendor.name})
            except Problem as problem:
                messages.error(request, f"{vendor.name}: {problem.detail}")
