from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from community.reactions.models import Reaction
from community.reactions.reacting import unreact


@admin.register(Reaction)
class ReactionAdmin(ModelAdmin):
    """Reactions as rows, to look into rings of members who lift each other."""

    list_display = ("member", "kind", "post", "created_at")
    list_filter = ("kind", "created_at")
    search_fields = ("member__username", "=post__id")
    list_select_related = ("member", "post")
    date_hierarchy = "created_at"
    actions = ["take_back"]

    @admin.action(description=_("Take the chosen reactions back"))
    def take_back(self, request: HttpRequest, reactions) -> None:
        for reaction in reactions.select_related("member").order_by("post_id", "pk"):
            unreact(by=reaction.member, post_id=reaction.post_id, kind=reaction.kind)
        self.message_user(request, _("The reactions are taken back."))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
