"""Operators set what acts bring, see who earned what, and give points with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from commerce.ledger.admin import ReadOnly
from commerce.points import acts
from commerce.points.balances import balance_of
from commerce.points.forms import GrantForm
from commerce.points.granting import grant
from commerce.points.models import Earning, EarningRule, EarningState
from community.foundation import problems
from community.foundation.operating import Between


@admin.register(EarningRule)
class EarningRuleAdmin(ModelAdmin):
    """What each act brings. Acts come with the code; a rule is changed or switched off, never added or deleted."""

    list_display = (
        "shown_act",
        "points",
        "rate",
        "most_a_day",
        "most_a_member",
        "days_pending",
        "days_valid",
        "active",
    )
    list_filter = ("active",)
    search_fields = ("act",)
    ordering = ("act",)
    fields = (
        "shown_act", "points", "rate", "most_an_act", "most_a_day", "most_a_member", "days_pending", "days_valid", "active",
    )  # fmt: skip
    readonly_fields = ("shown_act",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("act"), ordering="act")
    def shown_act(self, rule: EarningRule) -> str:
        return str(acts.title(rule.act))


@admin.register(Earning)
class EarningAdmin(ReadOnly, ModelAdmin):
    """Who earned what, and the page on which operators give points."""

    list_display = ("member", "what", "points", "taken_back", "shown_state", "earned_at", "available_at", "granted_by")
    list_select_related = ("member", "rule", "granted_by")
    list_filter = (("state", ChoicesDropdownFilter), "rule", ("earned_at", Between))
    list_filter_submit = True
    search_fields = ("member__username", "reason", "key")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    actions_list = ["give_points"]

    @display(description=_("what for"))
    def what(self, earning: Earning) -> str:
        return str(acts.title(earning.rule_id)) if earning.rule_id else earning.reason

    @display(
        description=_("state"),
        ordering="state",
        label={EarningState.PENDING: "info", EarningState.AVAILABLE: "success", EarningState.REVERSED: "warning"},
    )
    def shown_state(self, earning: Earning) -> tuple[str, str]:
        return earning.state, earning.get_state_display()

    @action(description=_("Give points"), url_path="give", icon="add")
    def give_points(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:commerce_points_grant")

    def get_urls(self) -> list[Any]:
        own = path("grant/", self.admin_site.admin_view(self.grant_page), name="commerce_points_grant")
        return [own, *super().get_urls()]

    def grant_page(self, request: HttpRequest) -> HttpResponse:
        """Fill in, look at what will happen, then give: two steps of one form."""
        form = GrantForm(request.POST or None)
        preview = None
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            if "confirmed" in request.POST:
                with problems.shown_on(form):
                    self._grant(request, form)
                    return redirect(reverse("admin:commerce_points_earning_changelist"))
            held = balance_of(form.member)
            preview = {
                **said,
                "member": form.member,
                "before": held,
                "after": max(held.available + said["points"] - held.debt, 0),
            }
        context = {**self.admin_site.each_context(request), "title": _("Give points"), "form": form, "preview": preview}
        return render(request, "commerce/points/grant/page.html", context)

    def _grant(self, request: HttpRequest, form: GrantForm) -> None:
        said = form.cleaned_data
        grant(
            by=request.user,
            member=form.member,
            points=said["points"],
            reason=said["reason"],
            days_valid=said["days_valid"],
            key=str(said["key"]),
        )
        told = _("%(points)s points are with %(member)s.") % {"points": f"{said['points']:,}", "member": form.member}
        messages.success(request, told)
