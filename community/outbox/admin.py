"""Operators see what could not be delivered, and replay it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from community.foundation.operating import LookUp, act
from community.foundation.problems import Conflict
from community.outbox.models import Delivery
from community.outbox.relaying import replay


@admin.register(Delivery)
class DeliveryAdmin(LookUp):
    """Events on their way to a handler; dead ones can be put back in line."""

    list_display = ("topic", "handler", "shown_state", "attempts", "created_at", "next_at")
    list_filter = (("state", ChoicesDropdownFilter), "topic")
    search_fields = ("topic", "handler", "key")
    ordering = ("-id",)
    actions = ("replay_deliveries",)

    @display(
        description=_("state"),
        ordering="state",
        label={Delivery.State.PENDING: "info", Delivery.State.DONE: "success", Delivery.State.DEAD: "danger"},
    )
    def shown_state(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.state, delivery.get_state_display()

    @act(_("Deliver again what was given up"))
    def replay_deliveries(self, request: HttpRequest, delivery: Delivery) -> None:
        if not replay(delivery_ids=[delivery.pk]):
            raise Conflict(_("This was not given up: there is nothing to replay."))
