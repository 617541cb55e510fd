"""Each operation on ways of payment, called once for real."""

from tests.factories.members import a_member
from tests.factories.payments import a_kept_card
from tests.rest.calls import Call, call


@call("payment_ways_list")
def _():
    return Call(by=a_kept_card(a_member()).member)


@call("payment_methods_list")
def _():
    return Call(by=a_kept_card(a_member()).member)


@call("payment_methods_begin")
def _():
    return Call(by=a_member(), body={"provider": "sandbox"})


@call("payment_methods_delete")
def _():
    card = a_kept_card(a_member())
    return Call(by=card.member, kwargs={"kept_id": card.pk})
