"""Operators look things up; they work on cases at /moderation/, where moderators do."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import action, display

from community.foundation.problems import Problem
from community.moderation import sanctioning
from community.moderation.models import Appeal, Case, Decision, Entry, Flag, Sanction


class LookUp(ModelAdmin):
    """A page to look things up, not to change them."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Case)
class CaseAdmin(LookUp):
    list_display = ("title", "target_kind", "board", "author", "flag_count", "shown_state", "opened_at", "work_on_it")
    list_select_related = ("board", "author")
    list_filter = (("state", ChoicesDropdownFilter), "target_kind", ("opened_at", RangeDateTimeFilter))
    list_filter_submit = True
    search_fields = ("title", "words", "author__username")
    ordering = ("-opened_at",)

    @display(
        description=_("state"), ordering="state", label={Case.State.OPEN: "warning", Case.State.DECIDED: "success"}
    )
    def shown_state(self, case: Case) -> tuple[str, str]:
        return case.state, case.get_state_display()

    @display(description=_("queue"))
    def work_on_it(self, case: Case) -> SafeString:
        return format_html('<a class="text-primary-600" href="{}">{}</a>', case.get_absolute_url(), _("Work on it"))


@admin.register(Flag)
class FlagAdmin(LookUp):
    list_display = ("reason", "note", "member", "case", "at")
    list_select_related = ("member", "case")
    list_filter = (("reason", ChoicesDropdownFilter),)
    search_fields = ("note", "member__username")
    ordering = ("-at",)


@admin.register(Decision)
class DecisionAdmin(LookUp):
    list_display = ("outcome", "reason", "case", "by", "at")
    list_select_related = ("case", "by")
    list_filter = (("outcome", ChoicesDropdownFilter),)
    search_fields = ("reason", "by__username", "case__title")
    ordering = ("-at",)


@admin.register(Appeal)
class AppealAdmin(LookUp):
    list_display = ("text", "decision", "upheld", "answered_by", "at", "work_on_it")
    list_select_related = ("decision__case", "answered_by")
    list_filter = (("answered_at", admin.EmptyFieldListFilter),)
    search_fields = ("text", "answer")
    ordering = ("-at",)

    @display(description=_("queue"))
    def work_on_it(self, appeal: Appeal) -> SafeString:
        address = appeal.decision.case.get_absolute_url()
        return format_html('<a class="text-primary-600" href="{}">{}</a>', address, _("Work on it"))


@admin.register(Sanction)
class SanctionAdmin(LookUp):
    """Lifting asks for no words here: the log says that it was lifted before its time."""

    list_display = ("member", "kind", "reason", "by", "at", "ends_at", "lifted_at")
    list_select_related = ("member", "by")
    list_filter = (("kind", ChoicesDropdownFilter), ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("member__username", "reason")
    ordering = ("-at",)
    actions = ("lift_sanctions",)

    @action(description=_("Lift before its time"))
    def lift_sanctions(self, request: HttpRequest, sanctions: QuerySet[Sanction]) -> None:
        for row in sanctions.order_by("pk"):
            try:
                sanctioning.lift(by=request.user, sanction_id=row.pk, reason=str(_("Lifted before its time.")))
            except Problem as problem:
                messages.warning(request, f"{row.member}: {problem.detail}")
            else:
                messages.success(request, f"{row.member}: {_('Lifted')}")


@admin.register(Entry)
class EntryAdmin(LookUp):
    list_display = ("act", "target_kind", "board", "reason", "by", "at")
    list_select_related = ("board", "by")
    list_filter = (("act", ChoicesDropdownFilter), ("at", RangeDateTimeFilter))
    list_filter_submit = True
    search_fields = ("reason", "by__username")
    ordering = ("-at",)
