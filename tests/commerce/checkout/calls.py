"""The checkout, called once for real."""

from tests.factories.checkout import a_full_cart
from tests.factories.orders import ADDRESS
from tests.rest.calls import Call, call


@call("checkout_create")
def _():
    return Call(
        by=a_full_cart(),
        body={"address": ADDRESS, "payment_method": "sandbox"},
    )
