"""Returns over REST. Lines are named by the line of the order."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from commerce import money
from commerce.catalog.serializers import AmountField
from commerce.returns import conf
from commerce.returns.asking import Wanted
from commerce.returns.models import Return, ReturnState, Wants, Why
from commerce.returns.reading import expected
from commerce.returns.refunding import GivenBack
from community.foundation.rest import Body

MOST = 10**6


class ReturnLineBody(Body):
    """`reason` is one of changed_mind, damaged, wrong, not_as_described and other; words of one's own count as other."""

    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MOST)
    reason = serializers.CharField(max_length=conf.LONGEST_REASON)
    words = serializers.CharField(required=False, allow_blank=True, max_length=conf.LONGEST_REASON)

    def to_internal_value(self, data: Any) -> Any:
        told = super().to_internal_value(data)
        reason, words = told["reason"], told.get("words", "")
        if reason not in Why.values:
            reason, words = Why.OTHER.value, words or reason
        return Wanted(told["line"], told["quantity"], reason, words)


class ReturnBody(Body):
    lines = ReturnLineBody(many=True, allow_empty=False)
    wants = serializers.ChoiceField(choices=Wants.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=conf.LONGEST_NOTE)


class ReturnDecisionBody(Body):
    """`reason` is needed to turn a return down."""

    accepted = serializers.BooleanField()
    reason = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=conf.LONGEST_REASON)


class ReturnSentBody(Body):
    carrier = serializers.CharField(required=False, allow_blank=True, max_length=40)
    tracking = serializers.CharField(required=False, allow_blank=True, max_length=60)


class InspectedLineBody(Body):
    """So many arrived; `good` of them can be sold again (all, if left out)."""

    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=0, max_value=MOST)
    good = serializers.IntegerField(required=False, min_value=0, max_value=MOST)


class ReturnReceivedBody(Body):
    lines = InspectedLineBody(many=True, required=False, allow_empty=False)


class RefundLineBody(Body):
    line = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MOST)


class RefundBody(Body):
    """`lines` of a return that arrived (all that waits, if neither is given), or an `amount` out of goodwill with its
    `reason`."""

    lines = RefundLineBody(many=True, required=False, allow_empty=False)
    amount = AmountField(required=False)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=conf.LONGEST_REASON)


class ReturnRefundBody(Body):
    """Everything that arrived and waits, if no lines are named."""

    lines = RefundLineBody(many=True, required=False, allow_empty=False)


class ReturnFilters(Body):
    state = serializers.ChoiceField(required=False, choices=ReturnState.choices)


class ReturnLineReply(serializers.Serializer):
    line = serializers.CharField(source="line_id")
    title = serializers.CharField(source="line.title")
    quantity = serializers.IntegerField()
    reason = serializers.ChoiceField(choices=Why.choices)
    words = serializers.CharField()
    received = serializers.IntegerField()
    good = serializers.IntegerField()
    refunded = serializers.IntegerField()


class ReturnReply(serializers.Serializer):
    """`due_at` is when it is accepted, lapses or is refunded by itself. `amount` and `points` are what is still to go
    back, delivery aside."""

    id = serializers.CharField(source="pk")
    number = serializers.CharField()
    order = serializers.CharField(source="order_id")
    state = serializers.ChoiceField(choices=ReturnState.choices)
    wants = serializers.ChoiceField(choices=Wants.choices)
    note = serializers.CharField()
    answer = serializers.CharField()
    lines = ReturnLineReply(many=True)
    amount = serializers.SerializerMethodField()
    points = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)

    def get_amount(self, row: Return) -> str:
        return money.to_text(expected(row).money if row.due_at else 0)

    def get_points(self, row: Return) -> str:
        """Their worth."""
        return money.to_text(expected(row).points_worth if row.due_at else 0)

    def get_currency(self, row: Return) -> str:
        return settings.CURRENCY


class RefundReply(serializers.Serializer):
    """Takes a `GivenBack`: the money that is sent back, and the worth of the points that are back already."""

    id = serializers.SerializerMethodField()
    order = serializers.CharField(source="order.pk")
    amount = serializers.SerializerMethodField()
    points = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()

    def get_id(self, given: GivenBack) -> str:
        row = given.refund or given.of_return
        return str(row.pk) if row else str(given.order.pk)

    def get_amount(self, given: GivenBack) -> str:
        return money.to_text(given.money)

    def get_points(self, given: GivenBack) -> str:
        """Their worth."""
        return money.to_text(given.points_worth)

    def get_currency(self, given: GivenBack) -> str:
        return settings.CURRENCY

    def get_state(self, given: GivenBack) -> str:
        """pending until the payment service has sent the money, done where none was to be sent."""
        return given.refund.state if given.refund else "done"
