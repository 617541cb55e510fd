"""Orders that arrived and what comes back of them, for tests, by the acts."""

from typing import Any

from commerce.orders import shipping
from commerce.orders.models import Order, OrderLine
from commerce.returns import asking, deciding, receiving
from commerce.returns.asking import Wanted
from commerce.returns.models import Return
from tests.factories.catalog import seller_of
from tests.factories.checkout import bought


def an_arrived_order(*wanted: Any, **said: Any) -> Order:
    """The one order of a cart that was paid, sent, and arrived just now. As `bought`."""
    return arrived(bought(*wanted, **said).orders.get())


def arrived(order: Order) -> Order:
    by = seller_of(order.vendor)
    shipping.ship(by=by, order_id=order.pk, carrier="cj")
    shipping.deliver(by=by, order_id=order.pk)
    return Order.objects.select_related("vendor__team", "purchase__member").get(pk=order.pk)


def goods_of(order: Order) -> list[OrderLine]:
    return list(order.lines.filter(kind="item").order_by("position"))


def wanted(order: Order, quantity: int = 1, reason: str = "damaged", words: str = "") -> list[Wanted]:
    """So many of each line."""
    return [Wanted(line.pk, quantity, reason, words) for line in goods_of(order)]


def a_return(order: Order | None = None, quantity: int = 1, reason: str = "damaged", **told: Any) -> Return:
    """Asked for by the buyer, of an order that arrived."""
    order = order or an_arrived_order()
    lines = wanted(order, quantity, reason)
    return asking.ask_return(by=order.purchase.member, order_id=order.pk, lines=lines, **told)


def an_accepted_return(order: Order | None = None, quantity: int = 1, **told: Any) -> Return:
    row = a_return(order, quantity, **told)
    return deciding.decide(by=seller_of(row.order.vendor), return_id=row.pk, accepted=True)


def a_received_return(order: Order | None = None, quantity: int = 1, lines: Any = None, **told: Any) -> Return:
    row = an_accepted_return(order, quantity, **told)
    return receiving.receive(by=seller_of(row.order.vendor), return_id=row.pk, lines=lines)
