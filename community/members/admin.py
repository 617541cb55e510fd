"""Operators' pages of members and teams. Actions call acts; what members told in confidence is not shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.operating import Confirm, LookUp, LookUpInline, Page, act
from community.members import appointing, leaving, picturing, profiling, teaming, trust
from community.members.models import Acceptance, Activity, FormerName, Member, PersonalToken, Team, TeamMember


class FormerNameInline(LookUpInline, TabularInline):
    model = FormerName
    fields = ("username", "left_at")


@admin.register(Member)
class MemberAdmin(LookUp):
    """Members. They change what is theirs themselves; roles, trust and sanctions are given by acts, not typed."""

    list_display = (
        "username",
        "shown",
        "email",
        "trust_level",
        "is_operator",
        "is_moderator",
        "state",
        "joined_at",
        "last_seen_at",
    )
    list_filter = ("is_operator", "is_moderator", "trust_level", "trust_fixed", "is_active", "joined_at")
    search_fields = ("username", "display_name", "email", "former_names__username")
    ordering = ("-created_at",)
    date_hierarchy = "joined_at"
    inlines = (FormerNameInline,)
    actions: tuple[Any, ...] = (
        "end_sessions", "empty_shown", "fix_level_0", "fix_level_4", "give_level_back", "appoint", "dismiss", "erase",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "bio")}),
        (_("Roles"), {"fields": ("is_operator", "is_moderator", "groups")}),
        (_("Standing"), {"fields": ("trust_level", "trust_fixed", "silenced_until", "suspended_until", "is_active")}),
        (_("Choices"), {"fields": ("language", "time_zone", "profile_open")}),
        (_("Dates"), {"fields": ("created_at", "joined_at", "last_seen_at", "last_login")}),
    )

    @classmethod
    def offer(cls, *more: Any) -> None:
        """Let apps above add acts on members."""
        cls.actions = (*cls.actions, *more)

    @admin.display(description=_("shown as"))
    def shown(self, member: Member) -> str:
        return member.shown_name

    @admin.display(description=_("state"))
    def state(self, member: Member) -> str:
        states = (
            (member.erased_at, _("erased")),
            (member.leaving_at, _("leaving")),
            (member.is_suspended, _("suspended")),
            (member.is_silenced, _("silenced")),
            (member.joined_at is None, _("unverified")),
            (not member.is_active, _("closed")),
        )
        return str(next((label for holds, label in states if holds), _("well")))

    @act(_("Log out everywhere, and delete all tokens"), asks=Confirm)
    def end_sessions(self, request: Any, member: Member) -> None:
        leaving.end_sessions(member=member)

    @act(_("Empty display name, picture and words about themselves"), asks=Confirm)
    def empty_shown(self, request: Any, member: Member) -> None:
        profiling.empty_shown(by=request.user, member=member)
        picturing.remove_picture(by=member)

    @act(_("Fix the trust level at 0"))
    def fix_level_0(self, request: Any, member: Member) -> None:
        trust.fix_level(by=request.user, member=member, level=0)

    @act(_("Make a keeper: trust level 4"))
    def fix_level_4(self, request: Any, member: Member) -> None:
        trust.fix_level(by=request.user, member=member, level=trust.BY_HAND)

    @act(_("Give the trust level back to the rules"))
    def give_level_back(self, request: Any, member: Member) -> None:
        trust.fix_level(by=request.user, member=member, level=None)

    @act(_("Make an operator"), asks=Confirm)
    def appoint(self, request: Any, member: Member) -> None:
        appointing.appoint_operator(by=request.user, member=member)

    @act(_("Take the operator's role away"), asks=Confirm)
    def dismiss(self, request: Any, member: Member) -> None:
        appointing.dismiss_operator(by=request.user, member=member)

    @act(_("Erase these accounts for good"), asks=Confirm)
    def erase(self, request: Any, member: Member) -> None:
        leaving.ask_for_erasure(by=request.user, member=member)


class TeamMemberInline(TabularInline):
    model = TeamMember
    fields = ("member", "role")
    autocomplete_fields = ("member",)
    extra = 0


@admin.register(Team)
class TeamAdmin(Page):
    """Teams and who speaks for them. The last owner stays."""

    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "about")
    inlines = (TeamMemberInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Team | None = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Team | None = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("name",)}

    def save_model(self, request: Any, obj: Team, form: Any, change: bool) -> None:
        if change:
            teaming.describe(by=request.user, team=obj, name=obj.name, about=obj.about)
        else:
            made = teaming.create_team(slug=obj.slug, name=obj.name, about=obj.about)
            obj.pk, obj._state.adding = made.pk, False

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Owners are put first and let go last, so that a change of owner never leaves none."""
        rows = formset.save(commit=False)
        gone = [row.member for row in formset.deleted_objects]
        replaced = [row.pk for row, fields in formset.changed_objects if "member" in fields]
        gone += [row.member for row in TeamMember.objects.filter(pk__in=replaced).select_related("member")]
        for row in sorted(rows, key=lambda row: row.role != TeamMember.OWNER):
            teaming.put_member(by=request.user, team=row.team, member=row.member, role=row.role)
        for member in gone:
            teaming.remove_member(by=request.user, team=form.instance, member=member)


@admin.register(Activity)
class ActivityAdmin(LookUp):
    """What members did by day: what limits and trust levels read."""

    list_display = ("day", "member", "act", "count")
    list_filter = ("act", "day")
    search_fields = ("member__username",)
    list_select_related = ("member",)


@admin.register(Acceptance)
class AcceptanceAdmin(LookUp):
    """Who accepted which version when."""

    list_display = ("member", "document", "version", "accepted_at")
    list_filter = ("document", "version")
    search_fields = ("member__username",)
    list_select_related = ("member",)


@admin.register(PersonalToken)
class PersonalTokenAdmin(LookUp):
    """Tokens by name and ending; an operator may delete one that leaked."""

    list_display = ("name", "member", "ending", "created_at", "last_used_at")
    search_fields = ("name", "member__username", "ending")
    list_select_related = ("member",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def delete_model(self, request: HttpRequest, obj: PersonalToken) -> None:
        obj.access_token.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PersonalToken]) -> None:
        for row in queryset.select_related("access_token"):
            row.access_token.delete()
