"""What somebody can do with an order now, by the names that pages and REST use."""

from commerce.orders import machines
from commerce.orders.models import Axis, Fulfilment, Order, OrderState

BOUGHT = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.CLOSED, OrderState.CANCELLED)


def for_buyer(order: Order) -> list[str]:
    """The next first: look_at_proof, confirm, arrived, cancel, reorder."""
    acts = []
    if order.fulfilment == Fulfilment.PROOFING and order.state == OrderState.CONFIRMED:
        acts.append("decide_proof")
    if order.fulfilment in (Fulfilment.SHIPPED, Fulfilment.DELIVERED):
        acts.append("confirm")
    if order.fulfilment == Fulfilment.SHIPPED:
        acts.append("arrived")
    if order.state == OrderState.PLACED and _can(order, Axis.ORDER, "cancelled"):
        acts.append("cancel")
    if order.state in BOUGHT:
        acts.append("reorder")
    return acts


def for_vendor(order: Order) -> list[str]:
    """The next first: accept, send_proof, make, ready, hand_over, ship, arrived, cancel. Who does any of the others
    accepts first. Needs its lines (prefetched, or a query)."""
    ahead = _accepted(order)
    table = [
        ("accept", Axis.ORDER, "confirmed"),
        ("ship", Axis.FULFILMENT, "shipped"),
        ("ready", Axis.FULFILMENT, "made_ready"),
    ]
    if any(line.schema_id for line in order.lines.all()):
        table += [("make", Axis.FULFILMENT, "production_begun"), ("send_proof", Axis.FULFILMENT, "proof_sent")]
    acts = [name for name, axis, event in table if _can(order if name == "accept" else ahead, axis, event)]
    if order.fulfilment == Fulfilment.SHIPPED:
        acts.append("arrived")
    if order.method_kind == "pickup" and _can(ahead, Axis.FULFILMENT, "delivered"):
        acts.append("hand_over")
    if _can(order, Axis.ORDER, "cancelled"):
        acts.append("cancel")
    return acts


def _accepted(order: Order) -> Order:
    """The order as it would be once it is accepted; not saved."""
    if order.state != OrderState.PLACED:
        return order
    return Order(state=OrderState.CONFIRMED, fulfilment=order.fulfilment, method_kind=order.method_kind)


def _can(order: Order, axis: str, event: str) -> bool:
    return event in machines.possible(axis, order)
