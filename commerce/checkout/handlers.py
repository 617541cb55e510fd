"""What follows on orders a moment later."""

from uuid import UUID

from commerce.orders.models import Order
from commerce.points import earning
from community.notifications.noticing import tell
from community.outbox.events import Event, handles


@handles("order.delivered")
def earn_points(event: Event) -> None:
    """What was bought and arrived brings points, that can be spent when it cannot come back any more (rule 2.6)."""
    order = Order.objects.select_related("purchase__member").get(pk=event.payload["order"])
    earning.earn(
        member=order.purchase.member,
        act="purchase",
        key=f"purchase:{order.pk}",
        paid=order.total - order.refunded,
        available_at=order.returnable_until,
        source=("order", order.pk),
    )


@handles("purchase.given_back")
def tell_buyer(event: Event) -> None:
    """Paid, but gone meanwhile: the buyer is told that the money is on its way back."""
    purchase = UUID(event.payload["purchase"])
    tell(
        kind="purchase_given_back",
        to=[UUID(event.payload["member"])],
        target=("purchase", purchase),
        source=("purchase", purchase),
    )
