from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.operating import LookUp, LookUpInline, Page
from community.ideas.models import AnsweringTeam, Idea, IdeaAnswer


class AnswerInline(LookUpInline, TabularInline):
    model = IdeaAnswer
    fields = ("status", "source", "team", "by", "created_at")


@admin.register(Idea)
class IdeaAdmin(LookUp):
    """Ideas by votes: what waits for an answer stands on top. They are answered on the site, in a team's name."""

    list_display = ("topic", "stage", "status", "vote_count", "status_at", "credited_at")
    list_filter = ("status", "stage", "status_at")
    search_fields = ("topic__title",)
    list_select_related = ("topic",)
    ordering = ("-vote_count",)
    inlines = [AnswerInline]
    fields = ("topic", "stage", "status", "status_at", "vote_count", "credited_at")

    @admin.display(description=_("topic"))
    def topic(self, idea: Idea) -> str:
        return idea.topic.title

    def view_on_site(self, idea: Idea) -> str:
        return idea.topic.get_absolute_url()


@admin.register(AnsweringTeam)
class AnsweringTeamAdmin(Page):
    list_display = ("board", "team")
    list_filter = ("board",)
    list_select_related = ("board", "team")
