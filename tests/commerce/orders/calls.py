"""Each operation on purchases and orders, called once for real."""

from commerce.orders import proofing, shipping
from commerce.orders.models import Order
from tests.factories.catalog import seller_of
from tests.factories.checkout import bought
from tests.factories.orders import PICKUP, a_purchase, an_order
from tests.factories.quotes import an_asked
from tests.factories.specifications import VALUES, a_schema
from tests.rest.calls import Call, call


def by_vendor(order: Order, body=None, **fields) -> Call:
    return Call(by=seller_of(order.vendor), kwargs={"order_id": order.pk}, body=body, **fields)


def by_buyer(order: Order, body=None) -> Call:
    return Call(by=order.purchase.member, kwargs={"order_id": order.pk}, body=body)


def sent() -> Order:
    order = an_order()
    shipping.ship(by=seller_of(order.vendor), order_id=order.pk, carrier="cj", tracking="1234")
    return order


@call("purchases_list")
def _():
    return Call(by=a_purchase(points=100, off=50).member)


@call("purchases_retrieve")
def _():
    purchase = a_purchase()
    return Call(by=purchase.member, kwargs={"purchase_id": purchase.pk})


@call("orders_list")
def _():
    return Call(by=sent().purchase.member, query={"status": "confirmed", "fulfilment": "shipped"})


@call("orders_retrieve")
def _():
    return by_vendor(sent())


@call("orders_history")
def _():
    return by_vendor(sent())


@call("orders_accept")
def _():
    return by_vendor(an_order())


@call("orders_ready")
def _():
    return by_vendor(an_order(method=PICKUP))


@call("orders_ship")
def _():
    order = an_order()
    line = order.lines.get(kind="item")
    body = {"carrier": "cj", "tracking": "6812-3456", "lines": [{"line": str(line.pk), "quantity": 1}]}
    return by_vendor(order, body)


@call("orders_arrived")
def _():
    return by_vendor(sent())


@call("orders_confirm")
def _():
    return by_buyer(sent())


@call("pick_ups_create")
def _():
    order = an_order(method=PICKUP)
    return Call(by=seller_of(order.vendor), body={"code": order.pickup_code})


@call("orders_cancel")
def _():
    order = bought().orders.get()
    line = order.lines.get(kind="item")
    return by_vendor(order, {"reason": "The last one broke", "lines": [{"line": str(line.pk), "quantity": 1}]})


def _to_make() -> Order:
    schema = a_schema()
    return an_order(an_asked(schema.product.variants.get(), schema=schema, specification=VALUES))


@call("orders_proofs_create")
def _():
    return by_vendor(_to_make(), {"text": "Like this?"}, status=201)


@call("orders_proof_decision")
def _():
    order = _to_make()
    proofing.send_proof(by=seller_of(order.vendor), order_id=order.pk, text="Like this?")
    return by_buyer(order, {"approved": False, "answer": "Wider"})


@call("orders_reorder")
def _():
    return by_buyer(an_order())
