"""Operators look things up; they work on cases at /moderation/, where moderators do."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from community.foundation import clock, targets
from community.foundation.exports import Exported, Rows
from community.foundation.operating import Ask, Between, LookUp, Reason, act
from community.members.admin import MemberAdmin
from community.members.models import Member
from community.moderation import sanctioning
from community.moderation.forms import SanctionForm
from community.moderation.models import Appeal, Case, Decision, Entry, Flag, OperatorAct, Sanction


class OfKind:
    """Mixed into a page of rows about something: says what kind of thing in the reader's language."""

    @display(description=_("kind"), ordering="target_kind")
    def shown_kind(self, row: Case | Entry) -> str:
        return targets.label(row.target_kind)


@admin.register(Case)
class CaseAdmin(OfKind, LookUp):
    list_display = ("title", "shown_kind", "board", "author", "flag_count", "shown_state", "opened_at", "work_on_it")
    list_select_related = ("board", "author")
    list_filter = (("state", ChoicesDropdownFilter), "target_kind", ("opened_at", Between))
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


class SanctionAsked(Ask, SanctionForm):
    """What kind, for how long, and why."""


@act(_("Warn, silence or suspend"), asks=SanctionAsked)
def sanction(page: MemberAdmin, request: Any, member: Member, *, kind: str, days: int | None, reason: str) -> None:
    ends_at = clock.now() + dt.timedelta(days=days) if days else None
    sanctioning.sanction(by=request.user, member=member, kind=kind, reason=reason, ends_at=ends_at)


MemberAdmin.offer(sanction)


@admin.register(Sanction)
class SanctionAdmin(LookUp):
    """Sanctions in force and past. They are given on the page of members, or from a case."""

    list_display = ("member", "kind", "reason", "by", "at", "ends_at", "lifted_at")
    list_select_related = ("member", "by")
    list_filter = (("kind", ChoicesDropdownFilter), ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("member__username", "reason")
    ordering = ("-at",)
    actions = ("lift_sanctions",)

    @act(_("Lift before its time"), asks=Reason)
    def lift_sanctions(self, request: Any, row: Sanction, *, reason: str) -> None:
        sanctioning.lift(by=request.user, sanction_id=row.pk, reason=reason)


class EntryRows(Rows):
    """The log as it is public."""

    class Meta:
        model = Entry
        fields = ("at", "act", "target_kind", "board__slug", "reason", "by__username", "ends_at")


@admin.register(Entry)
class EntryAdmin(OfKind, Exported, LookUp):
    resource_classes = (EntryRows,)
    list_display = ("act", "shown_kind", "board", "reason", "by", "at")
    list_select_related = ("board", "by")
    list_filter = (("act", ChoicesDropdownFilter), ("at", Between))
    list_filter_submit = True
    search_fields = ("reason", "by__username")
    ordering = ("-at",)


@admin.register(OperatorAct)
class OperatorActAdmin(LookUp):
    """Who did what in the admin, to which row. Names and words stand on the row's own page, while it has one."""

    list_display = ("action_time", "user", "shown_act", "content_type", "row")
    list_select_related = ("user", "content_type")
    list_filter = (
        "action_flag",
        ("content_type", admin.RelatedOnlyFieldListFilter),
        ("action_time", Between),
    )
    list_filter_submit = True
    search_fields = ("change_message", "user__username", "=object_id")
    ordering = ("-action_time",)
    fields = ("action_time", "user", "shown_act", "content_type", "row")

    @display(description=_("act"))
    def shown_act(self, line: OperatorAct) -> str:
        return line.get_change_message() or line.get_action_flag_display()

    @display(description=_("row"))
    def row(self, line: OperatorAct) -> str:
        address = line.get_admin_url()
        if address is None or line.is_deletion():
            return line.object_id or "—"
        return format_html('<a class="text-primary-600" href="{}">{}</a>', address, line.object_id)
