"""Each operation on watches, called once for real."""

from tests.factories.catalog import a_product
from tests.factories.members import a_member
from tests.factories.watches import a_watch
from tests.rest.calls import Call, call


@call("watches_list")
def _():
    watch = a_watch(price_fall=True, target_price=5_000)
    return Call(by=watch.member, query={"product": watch.product.slug})


@call("watches_create")
def _():
    return Call(by=a_member(), body={"product": a_product().slug, "back_in_stock": True, "target_price": "9000"})


@call("watches_retrieve")
def _():
    watch = a_watch()
    return Call(by=watch.member, kwargs={"watch_id": watch.pk})


@call("watches_update")
def _():
    watch = a_watch()
    return Call(by=watch.member, kwargs={"watch_id": watch.pk}, body={"target_price": "9000"})


@call("watches_delete")
def _():
    watch = a_watch()
    return Call(by=watch.member, kwargs={"watch_id": watch.pk})
