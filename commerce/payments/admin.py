"""Operators look payments up, ask providers again, send refunds once more. Nothing is edited here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from commerce import money
from commerce.payments import reconciling, refunding, watching
from commerce.payments.asking import UNREACHED
from commerce.payments.models import Attempt, AttemptState, KeptMethod, ProviderEvent, Refund, RefundState
from community.foundation.operating import CHANGE, Between, Confirm, LookUp, LookUpInline, act
from community.foundation.problems import Problem


class EventInline(LookUpInline, admin.TabularInline):
    model = ProviderEvent
    fields = ("at", "kind", "outcome", "event_id")  # type: ignore[misc]
    ordering = ("-at",)


class RefundInline(LookUpInline, admin.TabularInline):
    model = Refund
    fields = ("made_at", "amount", "state", "failure", "tries", "next_at")  # type: ignore[misc]
    ordering = ("-made_at",)


@admin.register(Attempt)
class AttemptAdmin(LookUp):
    """Tries to pay, and what became of each."""

    list_display = ("purchase", "method", "shown_amount", "shown_state", "failure", "reference", "made_at")
    list_select_related = ("purchase",)
    list_filter = ("state", "provider", ("made_at", Between))
    list_filter_submit = True
    search_fields = ("purchase__number", "reference", "purchase__member__username")
    ordering = ("-made_at", "-pk")
    inlines = (RefundInline, EventInline)
    actions = ("ask_now",)

    @display(description=gettext_lazy("amount"), ordering="amount")
    def shown_amount(self, attempt: Attempt) -> str:
        return money.formatted(attempt.amount, currency=attempt.currency)

    @display(
        description=gettext_lazy("state"),
        ordering="state",
        label={AttemptState.CAPTURED: "success", AttemptState.PENDING: "info", AttemptState.FAILED: "danger"},
    )
    def shown_state(self, attempt: Attempt) -> tuple[str, str]:
        return attempt.state, attempt.get_state_display()

    @admin.action(description=gettext_lazy("Ask the payment service now"), permissions=["view"])
    def ask_now(self, request: HttpRequest, chosen: QuerySet[Attempt]) -> None:
        """Outside of any transaction, one after the other; what each answered is told."""
        for attempt in chosen.order_by("pk"):
            try:
                applied = reconciling.look_after(attempt.pk)
            except Problem as problem:
                messages.error(request, f"{attempt}: {problem.detail}")
                continue
            self._log(request, [attempt], CHANGE, _("Ask the payment service now"))
            if applied.became == UNREACHED:
                messages.warning(
                    request, _("%(name)s: no answer. It is asked again within a minute.") % {"name": attempt}
                )
            else:
                state = applied.attempt.get_state_display()
                messages.success(request, _("%(name)s: %(state)s.") % {"name": attempt, "state": state})


@admin.register(Refund)
class RefundAdmin(LookUp):
    """Money that went back, or is to."""

    list_display = ("attempt", "shown_amount", "shown_state", "reason", "failure", "tries", "next_at", "made_at")
    list_select_related = ("attempt",)
    list_filter = ("state", ("made_at", Between))
    list_filter_submit = True
    search_fields = ("attempt__purchase__number", "reference", "key")
    ordering = ("-made_at", "-pk")
    actions = ("send_again",)

    @display(description=gettext_lazy("amount"), ordering="amount")
    def shown_amount(self, refund: Refund) -> str:
        return money.formatted(refund.amount)

    @display(
        description=gettext_lazy("state"),
        ordering="state",
        label={RefundState.DONE: "success", RefundState.PENDING: "info", RefundState.FAILED: "danger"},
    )
    def shown_state(self, refund: Refund) -> tuple[str, str]:
        return refund.state, refund.get_state_display()

    @act(gettext_lazy("Send again"), asks=Confirm)
    def send_again(self, request: HttpRequest, refund: Refund) -> None:
        refunding.send_again(refund=refund)


class WaitingFilter(admin.SimpleListFilter):
    """What nobody looked at yet."""

    title = gettext_lazy("to be looked at")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return watching.unseen(queryset) if self.value() == "yes" else queryset


@admin.register(ProviderEvent)
class ProviderEventAdmin(LookUp):
    """What providers told."""

    list_display = ("at", "provider", "kind", "attempt", "outcome", "seen_at")
    list_select_related = ("attempt",)
    list_filter = (WaitingFilter, "outcome", "provider", ("at", Between))
    list_filter_submit = True
    search_fields = ("event_id", "attempt__reference", "attempt__purchase__number")
    ordering = ("-at", "-pk")
    actions = ("looked_at",)

    @act(gettext_lazy("I looked at it"))
    def looked_at(self, request: HttpRequest, event: ProviderEvent) -> None:
        watching.mark_seen(event)


@admin.register(KeptMethod)
class KeptMethodAdmin(LookUp):
    """Cards that providers keep: whose, not which."""

    list_display = ("member", "provider", "used_at")
    list_select_related = ("member",)
    list_filter = ("provider",)
    search_fields = ("member__username",)
    ordering = ("-used_at", "-pk")
    fields = ("member", "provider", "used_at")
    readonly_fields = fields
