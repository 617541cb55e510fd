from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from community.polls.closing import close_poll
from community.polls.errors import PollClosed
from community.polls.models import Option, Poll


class OptionInline(TabularInline):
    model = Option
    extra = 0
    can_delete = False
    fields = readonly_fields = ("position", "text", "votes")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Poll)
class PollAdmin(ModelAdmin):
    """Polls with their counts. Ballots are not shown: who voted for what is the members' own affair."""

    list_display = ("__str__", "topic", "kind", "ballot_count", "closes_at", "created_at")
    list_filter = ("kind", "voters_shown", "created_at")
    search_fields = ("question", "topic__title")
    list_select_related = ("topic",)
    inlines = [OptionInline]
    actions = ["close_selected"]

    @admin.action(description=_("Close the chosen polls now"))
    def close_selected(self, request: HttpRequest, polls) -> None:
        for poll in polls.order_by("pk"):
            try:
                close_poll(by=request.user, topic_id=poll.topic_id)
            except PollClosed:
                continue
        self.message_user(request, _("The polls are closed."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
