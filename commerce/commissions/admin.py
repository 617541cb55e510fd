"""Operators start and end rates, and see what a product would pay and why."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action

from commerce.catalog.models import Product
from commerce.commissions import planning, rating
from commerce.commissions.models import Plan
from community.foundation.problems import Problem


class PlanForm(ModelForm):
    """A rate and for what it is. The act's own checks are shown on the form."""

    class Meta:
        model = Plan
        fields = ("rate", "product", "category", "vendor", "starts_at")
        help_texts = {
            "rate": gettext_lazy("In basis points: 1,000 are 10 %. Taken of what customers pay, tax included."),
            "product": gettext_lazy("For one product alone. It goes before every other rate."),
            "category": gettext_lazy("For a category and all below it; the nearest one up the tree holds."),
            "vendor": gettext_lazy("For one vendor, where neither product nor category has a rate."),
            "starts_at": gettext_lazy("Now or later. The rate that holds until then ends at that moment."),
        }

    refused: Problem | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refused is not None:
            self.add_error(self.refused.field if self.refused.field in self.fields else None, str(self.refused.detail))
        return cleaned

    def validate_constraints(self) -> None:
        """The act ends the rate before this one; then they hold."""


@admin.register(Plan)
class PlanAdmin(ModelAdmin):
    """Commission plans. None is edited: one ends and another starts."""

    form = PlanForm
    list_display = ("scope", "rate", "starts_at", "ends_at", "by")
    list_filter = ("starts_at", "ends_at")
    search_fields = ("product__title", "category__name", "vendor__name")
    list_select_related = ("product", "category", "vendor", "by")
    ordering = ("-starts_at", "-pk")
    raw_id_fields = ("product",)
    autocomplete_fields = ("vendor",)
    actions = ("end",)
    actions_list = ("to_preview",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        preview = path(
            "preview/", self.admin_site.admin_view(self.preview), name="commerce_commissions_plan_preview_page"
        )
        return [preview, *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", None)
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Problem as problem:
            request.refused = problem  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        told = {name: form.cleaned_data[name] for name in ("rate", "product", "category", "vendor")}
        begins = form.cleaned_data["starts_at"] if "starts_at" in form.changed_data else None
        obj.pk = planning.start(by=request.user, at=begins, **told).pk

    @admin.display(description=gettext_lazy("for"))
    def scope(self, plan: Plan) -> str:
        return str(plan.product or plan.category or plan.vendor or _("all"))

    @admin.action(description=gettext_lazy("End now"), permissions=["view"])
    def end(self, request: HttpRequest, chosen: QuerySet[Plan]) -> None:
        for plan in chosen.order_by("pk"):
            try:
                planning.end(by=request.user, plan=plan)
                messages.success(request, _("%(plan)s: ended.") % {"plan": self.scope(plan)})
            except Problem as problem:
                messages.error(request, f"{self.scope(plan)}: {problem.detail}")

    @action(description=gettext_lazy("What would a product pay?"), url_path="to-preview")
    def to_preview(self, request: HttpRequest) -> HttpResponse:
        return self.preview(request)

    def preview(self, request: HttpRequest) -> HttpResponse:
        """What one product would pay now, and every place that was looked at."""
        named = request.GET.get("product", "").strip()
        rows = Product.objects.select_related("vendor", "category")
        product = rows.filter(slug=named).first() if named else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("What would a product pay?"),
            "opts": self.opts,
            "named": named,
            "product": product,
            "candidates": rating.explain(product) if product else [],
            "address": reverse("admin:commerce_commissions_plan_preview_page"),
        }
        return TemplateResponse(request, "commerce/commissions/admin/preview.html", context)
