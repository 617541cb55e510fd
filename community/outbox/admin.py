"""Operators see what could not be delivered, and replay it."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from community.outbox.models import Delivery
from community.outbox.relaying import replay


@admin.register(Delivery)
class DeliveryAdmin(ModelAdmin):
    """Events on their way to a handler; dead ones can be put back in line."""

    list_display = ("topic", "handler", "shown_state", "attempts", "created_at", "next_at")
    list_filter = (("state", ChoicesDropdownFilter), "topic")
    search_fields = ("topic", "handler", "key")
    ordering = ("-id",)
    show_full_result_count = False
    list_per_page = 50
    actions = ("replay_deliveries",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    @display(
        description=_("state"),
        ordering="state",
        label={Delivery.State.PENDING: "info", Delivery.State.DONE: "success", Delivery.State.DEAD: "danger"},
    )
    def shown_state(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()

    @action(description=_("Deliver again what was given up"))
    def replay_deliveries(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        count = replay(delivery_ids=list(deliveries.values_list("pk", flat=True)))
        told = ngettext("%(count)d delivery is in line again.", "%(count)d deliveries are in line again.", count)
        messages.success(request, told % {"count": count})
