from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.ideas.models import AnsweringTeam, Idea, IdeaAnswer


class AnswerInline(TabularInline):
    model = IdeaAnswer
    extra = 0
    can_delete = False
    fields = readonly_fields = ("status", "source", "team", "by", "created_at")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Idea)
class IdeaAdmin(ModelAdmin):
    """Ideas by votes: what waits for an answer stands on top. They are answered on the site, in a team's name."""

    list_display = ("topic", "stage", "status", "vote_count", "status_at", "credited_at")
    list_filter = ("status", "stage", "status_at")
    search_fields = ("topic__title",)
    list_select_related = ("topic",)
    ordering = ("-vote_count",)
    inlines = [AnswerInline]
    readonly_fields = ("topic", "stage", "status", "status_at", "vote_count", "credited_at")

    @admin.display(description=_("topic"))
    def topic(self, idea: Idea) -> str:
        return idea.topic.title

    def view_on_site(self, idea: Idea) -> str:
        return idea.topic.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(AnsweringTeam)
class AnsweringTeamAdmin(ModelAdmin):
    list_display = ("board", "team")
    list_filter = ("board",)
    autocomplete_fields = ()
    list_select_related = ("board", "team")
