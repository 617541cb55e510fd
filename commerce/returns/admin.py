"""Operators look returns up; vendors act on them at their desk, operators over REST in a vendor's name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from commerce.returns.models import Return, ReturnLine, ReturnState
from community.foundation.operating import Between, LookUp, LookUpInline


class ReturnLineInline(LookUpInline, admin.TabularInline):
    model = ReturnLine
    fields = ("line", "quantity", "reason", "words", "received", "good", "refunded")  # type: ignore[misc]
    ordering = ("pk",)


@admin.register(Return)
class ReturnAdmin(LookUp):
    """What buyers send back, of all vendors."""

    list_display = ("number", "shown_vendor", "shown_state", "wants", "due_at", "requested_at", "ended_at")
    list_select_related = ("order__vendor",)
    list_filter = ("state", "wants", ("requested_at", Between))
    list_filter_submit = True
    search_fields = ("number", "order__vendor__name", "order__purchase__member__username", "tracking")
    ordering = ("-requested_at", "-pk")
    inlines = (ReturnLineInline,)

    @display(description=_("vendor"), ordering="order__vendor__name")
    def shown_vendor(self, row: Return) -> str:
        return row.order.vendor.name

    @display(
        description=_("state"),
        ordering="state",
        label={
            ReturnState.REQUESTED: "warning",
            ReturnState.RECEIVED: "warning",
            ReturnState.REFUNDED: "success",
            ReturnState.REJECTED: "danger",
        },
    )
    def shown_state(self, row: Return) -> tuple[str, str]:
        return row.state, row.get_state_display()
