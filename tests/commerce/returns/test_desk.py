"""The vendor's pages of returns: what waits, what is done with it, and money out of goodwill."""

import datetime as dt

import pytest

from commerce.payments.models import Refund
from commerce.returns.models import Return
from commerce.returns.registering import waiting
from community.foundation import clock
from tests.factories.catalog import seller_of
from tests.factories.checkout import goods
from tests.factories.members import logged_in
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order
from tests.factories.stock import numbers
from tests.factories.vendors import a_clerk

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
LIST = "/desk/commerce_returns/return/"


def desk(row, by=None):
    return logged_in(by or seller_of(row.order.vendor))


def page(row, **told):
    path = f"{LIST}{row.pk}/change/"
    return desk(row).post(path, told, headers=ENGLISH) if told else desk(row).get(path, headers=ENGLISH)


def state() -> str:
    return Return.objects.get().state


def test_the_list_shows_what_comes_back_and_its_clock() -> None:
    row = a_return(an_arrived_order((goods(), 2)), 2)
    said = desk(row).get(LIST + "?open=yes", headers=ENGLISH).content.decode()
    assert row.number in said
    assert "2 × " in said
    assert "It is damaged or does not work" in said
    assert row.number not in desk(row).get(LIST + "?open=late", headers=ENGLISH).content.decode()


def test_a_return_is_accepted_or_turned_down_with_a_why() -> None:
    row = a_return()
    assert "Accept it: the buyer sends it" in page(row).content.decode()
    refused = page(row, act="reject", reason="")
    assert "Say why you turn it down" in refused.content.decode()
    assert state() == "requested"
    assert page(row, act="reject", reason="It was worn").status_code == 302
    assert (state(), Return.objects.get().answer) == ("rejected", "It was worn")
    assert page(row).status_code == 200  # looked at, nothing is left to do


def test_what_arrived_is_counted_line_by_line() -> None:
    cup = goods(on_hand=3)
    row = an_accepted_return(an_arrived_order((cup, 3)), 3)
    one = row.lines.get()
    too_many = page(row, act="receive", **{f"came_{one.pk.hex}": 4, f"good_{one.pk.hex}": 1})
    assert too_many.status_code == 200
    assert state() == "accepted"
    page(row, act="receive", **{f"came_{one.pk.hex}": 2, f"good_{one.pk.hex}": 1})
    one.refresh_from_db()
    assert (state(), one.received, one.good, numbers(cup.stock)) == ("received", 2, 1, (1, 0, 1))


def test_refund_and_replacement() -> None:
    row = a_received_return()
    assert page(row, act="refund").status_code == 302
    assert (state(), Refund.objects.get().amount) == ("refunded", 10_000)


def test_a_replacement_takes_its_parcel_along() -> None:
    row = a_received_return(wants="replacement")
    page(row, act="replace", carrier="cj", tracking="77")
    assert state() == "replaced"
    assert row.order.events.get(event="replaced").reason.endswith("77")


def test_many_at_once_each_says_how_it_went() -> None:
    order = an_arrived_order((goods(), 2))
    one, other = a_return(order, 1), a_received_return(order, 1)
    told = {"action": "accept_all", "_selected_action": [one.pk, other.pk]}
    said = desk(one).post(LIST, told, follow=True, headers=ENGLISH).content.decode()
    assert "1 row: done." in said
    assert f"{other.number}: That is not possible now" in said
    assert Return.objects.get(pk=one.pk).state == "accepted"


def test_goodwill_is_given_by_managers_for_their_orders() -> None:
    order = an_arrived_order(goods(10_000))
    path, told = LIST + "goodwill/", {"order": order.number, "amount": "2,500", "reason": "Late"}
    seller, clerk = seller_of(order.vendor), a_clerk(order.vendor)
    assert order.number in logged_in(seller).get(f"{path}?order={order.number}").content.decode()
    assert logged_in(clerk).post(path, told).status_code == 404
    wrong = logged_in(seller).post(path, told | {"order": an_arrived_order().number}, headers=ENGLISH)
    assert "No order of yours has this number" in wrong.content.decode()
    assert (
        "more than is left"
        in logged_in(seller).post(path, told | {"amount": "10001"}, headers=ENGLISH).content.decode()
    )
    assert not Refund.objects.exists()
    assert logged_in(seller).post(path, told).status_code == 302
    assert (Refund.objects.get().amount, Refund.objects.get().reason) == (2_500, "Late")


def test_the_first_page_says_what_waits() -> None:
    row = a_return()
    a_return(an_arrived_order())
    duty = waiting(row.order.vendor, None)[0]
    assert (duty.count, duty.urgent) == (1, False)
    with clock.shifted(dt.timedelta(days=20)):
        assert waiting(row.order.vendor, None)[0].urgent
