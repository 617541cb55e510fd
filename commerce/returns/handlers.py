"""Who is told of a return, a moment later."""

from uuid import UUID

from commerce.orders.models import Order, OrderEvent
from commerce.returns.models import Return
from community.members.models import TeamMember
from community.notifications.noticing import tell
from community.outbox.events import Event, handles

TO_BUYER = {
    "order.accepted": "return_accepted",
    "order.rejected": "return_rejected",
    "order.received": "return_received",
    "order.refunded": "return_refunded",
    "order.replaced": "return_replaced",
}


@handles("order.requested", "order.withdrawn", *TO_BUYER)
def tell_of_return(event: Event) -> None:
    """The vendor's staff of what buyers do, the buyer of what the vendor or time does. Files have no way back to tell of."""
    step = OrderEvent.objects.get(pk=event.payload["step"])
    row = Return.objects.select_related("order__vendor", "order__purchase").get(pk=step.reference or step.pk)
    buyer = row.order.purchase.member_id
    if event.topic == "order.requested":
        _tell("return_requested", _staff_of(row.order), row, step)
    elif event.topic == "order.withdrawn":
        _tell("return_withdrawn", _staff_of(row.order), row, step)
        if step.reason == "lapsed":
            _tell("return_lapsed", [buyer], row, step)
    elif row.order.method_kind or event.topic not in ("order.accepted", "order.received"):
        _tell(TO_BUYER[event.topic], [buyer], row, step)


@handles("order.goodwill")
def tell_of_goodwill(event: Event) -> None:
    order = Order.objects.select_related("purchase").get(pk=event.payload["order"])
    source = ("refund", UUID(event.payload["refund"]))
    tell(kind="goodwill", to=[order.purchase.member_id], target=("order", order.pk), source=source)


def _tell(kind: str, to: list[UUID], row: Return, step: OrderEvent) -> None:
    tell(kind=kind, to=to, target=("return", row.pk), source=("order_step", step.pk), by=None)


def _staff_of(order: Order) -> list[UUID]:
    return list(TeamMember.objects.filter(team=order.vendor.team_id).values_list("member_id", flat=True))
