from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from community.foundation.operating import LookUp, LookUpInline, act
from community.polls.closing import close_poll
from community.polls.models import Option, Poll


class OptionInline(LookUpInline, TabularInline):
    model = Option
    fields = ("position", "text", "votes")


@admin.register(Poll)
class PollAdmin(LookUp):
    """Polls with their counts. Ballots are not shown: who voted for what is the members' own affair."""

    list_display = ("__str__", "topic", "kind", "ballot_count", "closes_at", "created_at")
    list_filter = ("kind", "voters_shown", "created_at")
    search_fields = ("question", "topic__title")
    list_select_related = ("topic",)
    inlines = [OptionInline]
    actions = ["close_selected"]

    @act(_("Close the chosen polls now"))
    def close_selected(self, request: Any, poll: Poll) -> None:
        close_poll(by=request.user, topic_id=poll.topic_id)
