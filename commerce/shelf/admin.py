"""Operators look up what members own and who was asked for a review."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from commerce.ledger.admin import ReadOnly
from commerce.shelf.models import Invitation, Thing
from community.foundation.operating import Between


@admin.register(Thing)
class ThingAdmin(ReadOnly, ModelAdmin):
    list_display = ("what", "member", "its_order", "since", "warranty_until", "hidden")
    list_select_related = ("member", "line__order", "subject")
    list_filter = (("since", Between), "hidden")
    search_fields = ("member__username", "line__title", "line__order__number", "title")
    fields = (
        "what", "member", "its_order", "subject", "bought_from", "price", "since", "warranty_until", "name", "note", "hidden"
    )  # fmt: skip
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    @display(description=_("what"))
    def what(self, thing: Thing) -> str:
        return thing.line.title if thing.line else thing.title

    @display(description=_("order"))
    def its_order(self, thing: Thing) -> str:
        return thing.line.order.number if thing.line else "—"


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, ModelAdmin):
    list_display = ("order", "buyer", "title", "due_at", "told_at", "dropped_at")
    list_select_related = ("order__purchase__member",)
    list_filter = (("due_at", Between), ("told_at", Between))
    search_fields = ("order__number", "order__purchase__member__username", "title")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    @display(description=_("buyer"))
    def buyer(self, invitation: Invitation) -> str:
        return invitation.order.purchase.member.shown_name
