"""Each operation on returns, called once for real."""

from tests.factories.catalog import seller_of
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order, goods_of
from tests.rest.calls import Call, call


def _by_buyer(row, **fields):
    kwargs = {"order_id": row.order_id, "return_id": row.pk}
    return Call(by=row.order.purchase.member, kwargs=kwargs, **fields)


def _by_vendor(row, **fields):
    return Call(by=seller_of(row.order.vendor), kwargs={"order_id": row.order_id, "return_id": row.pk}, **fields)


@call("returns_list")
def _():
    return Call(by=a_return().order.purchase.member)


@call("returns_read")
def _():
    row = a_return()
    return Call(by=row.order.purchase.member, kwargs={"return_id": row.pk})


@call("orders_returns_list")
def _():
    row = a_return()
    return Call(by=row.order.purchase.member, kwargs={"order_id": row.order_id})


@call("orders_returns_create")
def _():
    order = an_arrived_order()
    lines = [{"line": str(goods_of(order)[0].pk), "quantity": 1, "reason": "damaged"}]
    return Call(by=order.purchase.member, kwargs={"order_id": order.pk}, body={"lines": lines})


@call("orders_returns_decide")
def _():
    return _by_vendor(a_return(), body={"accepted": True})


@call("orders_returns_tell_sent")
def _():
    return _by_buyer(an_accepted_return(), body={"carrier": "cj", "tracking": "1234"})


@call("orders_returns_withdraw")
def _():
    return _by_buyer(a_return())


@call("orders_returns_receive")
def _():
    row = an_accepted_return()
    return _by_vendor(row, body={"lines": [{"line": str(row.lines.get().line_id), "quantity": 1, "good": 0}]})


@call("orders_receive")
def _():
    row = an_accepted_return()
    return Call(by=seller_of(row.order.vendor), kwargs={"order_id": row.order_id}, body={})


@call("orders_returns_replace")
def _():
    return _by_vendor(a_received_return(wants="replacement"), body={"carrier": "cj", "tracking": "77"})


@call("orders_returns_refund")
def _():
    return _by_vendor(a_received_return(), body={})


@call("orders_refund")
def _():
    row = a_received_return()
    lines = [{"line": str(row.lines.get().line_id), "quantity": 1}]
    return Call(by=seller_of(row.order.vendor), kwargs={"order_id": row.order_id}, body={"lines": lines})
