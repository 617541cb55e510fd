"""Score cards and ranked lists for operators."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.operating import LookUp, LookUpInline, Reason, act
from community.scorecards import hiding
from community.scorecards.models import RankedList, RankedListLine, ScoreCard, ScoreCardLine


class HidingAdmin(LookUp):
    """What members made: read, hidden, shown again."""

    search_fields = ("title", "slug")
    actions = ("hide", "show")

    @act(_("Hide"), asks=Reason)
    def hide(self, request: Any, row: Any, *, reason: str) -> None:
        hiding.hide(target=row, by=request.user, reason=reason)

    @act(_("Show again"), asks=Reason)
    def show(self, request: Any, row: Any, *, reason: str) -> None:
        hiding.restore(target=row, by=request.user, reason=reason)


class ScoreCardLineInline(LookUpInline, TabularInline):
    model = ScoreCardLine
    fields = ("position", "subject")


class RankedListLineInline(LookUpInline, TabularInline):
    model = RankedListLine
    fields = ("position", "subject")


@admin.register(ScoreCard)
class ScoreCardAdmin(HidingAdmin):
    list_display = ("title", "creator", "member_count", "created_at", "hidden_at")
    list_select_related = ("creator",)
    inlines = (ScoreCardLineInline,)


@admin.register(RankedList)
class RankedListAdmin(HidingAdmin):
    list_display = ("title", "owner", "public", "updated_at", "hidden_at")
    list_select_related = ("owner",)
    inlines = (RankedListLineInline,)
