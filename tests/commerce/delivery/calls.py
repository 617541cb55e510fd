"""Each operation on delivery methods and addresses, called once for real."""

from tests.factories.catalog import a_shop, seller_of
from tests.factories.delivery import ADDRESS, a_method, an_address
from tests.factories.members import a_member
from tests.rest.calls import Call, call


@call("delivery_methods_list")
def _():
    return Call(by=seller_of(a_method().vendor))


@call("delivery_methods_create")
def _():
    body = {"name": "Parcel", "name_ko": "택배", "fee": "3000", "free_from": "50000", "remote_fee": "4000"}
    return Call(by=seller_of(a_shop()), body=body)


@call("delivery_methods_update")
def _():
    method = a_method()
    return Call(by=seller_of(method.vendor), kwargs={"method_id": method.pk}, body={"free_from": None, "fee": "2500"})


@call("delivery_methods_delete")
def _():
    method = a_method()
    return Call(by=seller_of(method.vendor), kwargs={"method_id": method.pk})


@call("addresses_list")
def _():
    member = a_member()
    an_address(member)
    return Call(by=member)


@call("addresses_create")
def _():
    return Call(by=a_member(), body=ADDRESS)


@call("addresses_delete")
def _():
    member = a_member()
    return Call(by=member, kwargs={"address_id": an_address(member).pk})
