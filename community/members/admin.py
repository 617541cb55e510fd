"""Operators' pages of members and teams. Actions call acts; what members told in confidence is not shown."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline

from community.foundation.problems import Problem
from community.members import leaving, trust
from community.members.models import Acceptance, Activity, FormerName, Member, PersonalToken, Team, TeamMember


class FormerNameInline(TabularInline):
    model = FormerName
    fields = readonly_fields = ("username", "left_at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Member)
class MemberAdmin(ModelAdmin):
    """Members. Names, roles and groups are set here; silence and suspension by moderation, trust by its own actions."""

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
    list_per_page = 50
    show_full_result_count = False
    inlines = (FormerNameInline,)
    filter_horizontal = ("groups",)
    actions = ("end_sessions", "fix_level_0", "fix_level_4", "give_level_back", "erase")
    fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "bio")}),
        (_("Roles"), {"fields": ("is_operator", "is_moderator", "groups")}),
        (_("Standing"), {"fields": ("trust_level", "trust_fixed", "silenced_until", "suspended_until", "is_active")}),
        (_("Choices"), {"fields": ("language", "time_zone", "profile_open")}),
        (_("Dates"), {"fields": ("created_at", "joined_at", "last_seen_at", "last_login")}),
    )
    readonly_fields = (
        "username", "email", "trust_level", "trust_fixed", "silenced_until", "suspended_until", "is_active",
        "created_at", "joined_at", "last_seen_at", "last_login",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Members join by themselves, or by the command create_member."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted; the action erases, and texts keep a former member."""
        return False

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

    @admin.action(description=_("Log out everywhere, and delete all tokens"))
    def end_sessions(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        for member in chosen:
            leaving.end_sessions(member=member)
        self._tell(request, len(chosen))

    @admin.action(description=_("Fix the trust level at 0"))
    def fix_level_0(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        self._fix(request, chosen, 0)

    @admin.action(description=_("Make a keeper: trust level 4"))
    def fix_level_4(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        self._fix(request, chosen, trust.BY_HAND)

    @admin.action(description=_("Give the trust level back to the rules"))
    def give_level_back(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        self._fix(request, chosen, None)

    @admin.action(description=_("Erase these accounts for good"))
    def erase(self, request: HttpRequest, chosen: QuerySet[Member]) -> None:
        done = 0
        for member in chosen:
            try:
                leaving.ask_for_erasure(by=request.user, member=member)  # type: ignore[arg-type]
                done += 1
            except Problem as problem:
                messages.error(request, f"{member.username}: {problem.detail}")
        self._tell(request, done)

    def _fix(self, request: HttpRequest, chosen: QuerySet[Member], level: int | None) -> None:
        for member in chosen:
            trust.fix_level(by=request.user, member=member, level=level)  # type: ignore[arg-type]
        self._tell(request, len(chosen))

    def _tell(self, request: HttpRequest, number: int) -> None:
        text = ngettext("Done for %(number)d member.", "Done for %(number)d members.", number)
        messages.success(request, text % {"number": number})


class TeamMemberInline(TabularInline):
    model = TeamMember
    fields = ("member", "role", "since")
    autocomplete_fields = ("member",)
    extra = 1


@admin.register(Team)
class TeamAdmin(ModelAdmin):
    """Teams and who speaks for them."""

    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TeamMemberInline,)


class LookedAt(ModelAdmin):
    """Rows that operators read and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Activity)
class ActivityAdmin(LookedAt):
    """What members did by day: what limits and trust levels read."""

    list_display = ("day", "member", "act", "count")
    list_filter = ("act", "day")
    search_fields = ("member__username",)
    list_select_related = ("member",)
    show_full_result_count = False


@admin.register(Acceptance)
class AcceptanceAdmin(LookedAt):
    """Who accepted which version when."""

    list_display = ("member", "document", "version", "accepted_at")
    list_filter = ("document", "version")
    search_fields = ("member__username",)
    list_select_related = ("member",)


@admin.register(PersonalToken)
class PersonalTokenAdmin(LookedAt):
    """Tokens by name and ending; an operator may delete one that leaked."""

    list_display = ("name", "member", "ending", "created_at", "last_used_at")
    search_fields = ("name", "member__username", "ending")
    list_select_related = ("member",)
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def delete_model(self, request: HttpRequest, obj: PersonalToken) -> None:
        obj.access_token.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PersonalToken]) -> None:
        for row in queryset.select_related("access_token"):
            row.access_token.delete()
