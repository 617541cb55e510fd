"""What members own, for tests, by the acts."""

from typing import Any

from commerce.orders import confirming, shipping
from commerce.orders.models import Order
from commerce.shelf import adding, shelving
from commerce.shelf.models import Thing
from tests.factories.catalog import seller_of
from tests.factories.members import a_member
from tests.factories.orders import an_order


def an_arrived_order(*bought: Any, confirmed: bool = False, order: Order | None = None, **terms: Any) -> Order:
    """An order that was sent and arrived, and perhaps was confirmed by its buyer."""
    order = order or an_order(*bought, **terms)
    seller = seller_of(order.vendor)
    if order.method_kind:
        shipping.ship(by=seller, order_id=order.pk, carrier="cj", tracking="1234")
        shipping.deliver(by=seller, order_id=order.pk)
    if confirmed:
        confirming.confirm_purchase(by=order.purchase.member, order_id=order.pk)
    return Order.objects.select_related("purchase__member", "vendor").get(pk=order.pk)


def things_of(order: Order) -> list[Thing]:
    """What an order that arrived put on the shelf."""
    shelving.put_order(order.pk)
    return list(Thing.objects.filter(line__order=order).order_by("line__position"))


def bought_thing(*bought: Any, **terms: Any) -> Thing:
    """The one thing of an order that arrived."""
    [thing] = things_of(an_arrived_order(*bought, **terms))
    return thing


def a_thing(by: Any = None, **told: Any) -> Thing:
    """Something from elsewhere."""
    return adding.add(by=by or a_member(), **{"title": "Old kettle", **told})
