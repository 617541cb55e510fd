from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from community.foundation.operating import LookUp, act
from community.reactions.models import Reaction
from community.reactions.reacting import unreact


@admin.register(Reaction)
class ReactionAdmin(LookUp):
    """Reactions as rows, to look into rings of members who lift each other."""

    list_display = ("member", "kind", "post", "created_at")
    list_filter = ("kind", "created_at")
    search_fields = ("member__username", "=post__id")
    list_select_related = ("member", "post")
    date_hierarchy = "created_at"
    actions = ["take_back"]

    @act(_("Take the chosen reactions back"))
    def take_back(self, request: Any, reaction: Reaction) -> None:
        unreact(by=reaction.member, post_id=reaction.post_id, kind=reaction.kind)
