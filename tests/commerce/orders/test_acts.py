"""Who may do what with an order, when, and what becomes of it (2.25)."""

import datetime as dt

import pytest
from django.db.models import Q

from commerce.catalog.registering import has_bought
from commerce.orders import cancelling, confirming, handing_over, preparing, registering, shipping
from commerce.orders.errors import (
    BeingPrepared,
    IllegalStep,
    NoSuchCode,
    NothingChosen,
    NotYourOrder,
    ReasonNeeded,
    SentAlready,
    TooManyUnits,
    UnknownLine,
)
from commerce.orders.models import Order, OrderState
from community.foundation import clock
from community.foundation.problems import NotThere
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member, an_operator
from tests.factories.orders import PICKUP, a_purchase, an_order

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def buyer_of(order):
    return order.purchase.member


def seller(order):
    return seller_of(order.vendor)


def fresh(order):
    return Order.objects.get(pk=order.pk)


def two_lines(**terms):
    """An order of three lamps and one shade."""
    shop = a_shop()
    lamp, shade = (a_product(title, vendor=shop).variants.get() for title in ("Moon lamp", "Shade"))
    order = an_order((lamp, 3), shade, **terms)
    return order, *order.lines.all()


def shipped(order=None):
    order = order or an_order()
    shipping.ship(by=seller(order), order_id=order.pk, carrier="cj", tracking="1234")
    return fresh(order)


def delivered(order=None):
    order = shipped(order)
    return shipping.deliver(by=seller(order), order_id=order.pk)


ACTS = {
    "confirm": lambda by, order: preparing.confirm(by=by, order_id=order.pk),
    "begin making": lambda by, order: preparing.begin_making(by=by, order_id=order.pk),
    "ship": lambda by, order: shipping.ship(by=by, order_id=order.pk),
    "cancel": lambda by, order: cancelling.cancel_lines(by=by, order_id=order.pk, reason="No more"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_stranger_finds_nothing_to_act_on(act):
    order = an_order()
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotThere):
            act(stranger, order)
    assert fresh(order).version == order.version
    assert fresh(order).state == "placed"


@pytest.mark.parametrize("name", ["confirm", "begin making", "ship"])
def test_the_buyer_does_not_do_the_vendors_part(name):
    order = an_order()
    with pytest.raises(NotYourOrder):
        ACTS[name](buyer_of(order), order)
    assert fresh(order).state == "placed"


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_vendor_finds_nothing_before_it_is_paid(act):
    order = a_purchase(placed=False).orders.get()
    with pytest.raises(NotThere):
        act(seller(order), order)


def test_the_vendor_accepts_an_order_once():
    order = an_order()
    preparing.confirm(by=seller(order), order_id=order.pk)
    assert fresh(order).state == "confirmed"
    with pytest.raises(IllegalStep):
        preparing.confirm(by=seller(order), order_id=order.pk)


def test_who_ships_accepts():
    order = an_order()
    parcel = shipping.ship(by=seller(order), order_id=order.pk, carrier="cj", tracking="68 12-34")
    now = fresh(order)
    assert (now.state, now.fulfilment) == ("confirmed", "shipped")
    assert now.shipped_at == parcel.shipped_at
    assert (parcel.carrier, parcel.tracking, parcel.by) == ("cj", "681234", seller(order))
    assert [(one.line.kind, one.quantity) for one in parcel.lines.all()] == [("item", 1)]
    assert set(order.lines.values_list("kind", "shipped")) == {("item", 1), ("delivery", 1)}


def test_parcels_leave_one_after_the_other():
    order, lamp, shade, _delivery = two_lines()
    by = seller(order)
    shipping.ship(by=by, order_id=order.pk, carrier="cj", tracking="1", lines={lamp.pk: 2})
    assert fresh(order).fulfilment == "waiting"
    with pytest.raises(TooManyUnits):
        shipping.ship(by=by, order_id=order.pk, carrier="cj", tracking="2", lines={lamp.pk: 2})
    with pytest.raises(SentAlready):
        shipping.ship(by=by, order_id=order.pk, carrier="cj", tracking="1", lines={lamp.pk: 1})
    second = shipping.ship(by=by, order_id=order.pk, carrier="cj", tracking="2")
    assert sorted(second.lines.values_list("line", "quantity")) == sorted([(lamp.pk, 1), (shade.pk, 1)])
    assert fresh(order).fulfilment == "shipped"
    assert list(order.events.filter(axis="fulfilment").order_by("pk").values_list("event", flat=True)) == [
        "partly_shipped",
        "shipped",
    ]
    with pytest.raises(NothingChosen):
        shipping.ship(by=by, order_id=order.pk)


@pytest.mark.parametrize(
    ("count", "problem"), [(None, NothingChosen), (0, NothingChosen), (4, TooManyUnits), (-1, TooManyUnits)]
)
def test_a_parcel_holds_something_that_is_left(count, problem):
    order, lamp, *_rest = two_lines()
    with pytest.raises(problem):
        shipping.ship(by=seller(order), order_id=order.pk, lines={} if count is None else {lamp.pk: count})
    assert not order.parcels.exists()
    assert fresh(order).state == "placed"


def test_lines_of_other_orders_do_not_fit_into_a_parcel():
    order, other = an_order(), an_order()
    with pytest.raises(UnknownLine):
        shipping.ship(by=seller(order), order_id=order.pk, lines={other.lines.first().pk: 1})


def test_what_is_picked_up_is_not_sent():
    order = an_order(method=PICKUP)
    with pytest.raises(IllegalStep):
        shipping.ship(by=seller(order), order_id=order.pk)
    assert fresh(order).state == "placed"


@pytest.mark.parametrize("who", [buyer_of, seller, lambda order: an_operator()], ids=["buyer", "vendor", "operator"])
def test_it_arrived_and_can_come_back_for_as_long_as_promised(who):
    order = shipped(an_order(a_product(return_days=30).variants.get()))
    now = shipping.deliver(by=who(order), order_id=order.pk)
    assert (now.fulfilment, now.settlement) == ("delivered", "held")
    assert now.returnable_until == now.delivered_at + 30 * DAY
    assert order.parcels.get().delivered_at == now.delivered_at


def test_the_law_gives_seven_days_whatever_the_product_says():
    order = delivered(an_order(a_product(return_days=1).variants.get()))
    assert order.returnable_until == order.delivered_at + 7 * DAY


def test_it_does_not_arrive_before_it_left():
    order = an_order()
    with pytest.raises(IllegalStep):
        shipping.deliver(by=seller(order), order_id=order.pk)


def test_the_buyer_confirms_what_arrived():
    order = delivered()
    with pytest.raises(NotYourOrder):
        confirming.confirm_purchase(by=seller(order), order_id=order.pk)
    confirming.confirm_purchase(by=buyer_of(order), order_id=order.pk)
    now = fresh(order)
    assert now.fulfilment == "purchase_confirmed"
    assert now.confirmed_at is not None
    assert now.settlement == "held"


def test_who_confirms_what_is_on_its_way_has_it():
    order = shipped()
    confirming.confirm_purchase(by=buyer_of(order), order_id=order.pk)
    now = fresh(order)
    assert (now.fulfilment, now.settlement) == ("purchase_confirmed", "held")
    assert now.delivered_at == now.confirmed_at


def test_nobody_confirms_what_was_not_sent():
    order = an_order()
    with pytest.raises(IllegalStep):
        confirming.confirm_purchase(by=buyer_of(order), order_id=order.pk)


def test_after_eight_days_of_silence_the_purchase_counts_as_confirmed():
    order = delivered()
    with clock.shifted(8 * DAY - dt.timedelta(minutes=1)):
        assert confirming.confirm_due() == 0
    with clock.shifted(8 * DAY + dt.timedelta(minutes=1)):
        assert confirming.confirm_due() == 1
        assert confirming.confirm_due() == 0
    now = fresh(order)
    assert now.fulfilment == "purchase_confirmed"
    step = order.events.get(event="purchase_confirmed")
    assert (step.by, step.reason) == (None, "automatic")


def test_what_was_sent_two_weeks_ago_has_arrived():
    order = shipped()
    with clock.shifted(13 * DAY):
        assert confirming.presume_delivered() == 0
    with clock.shifted(14 * DAY + dt.timedelta(minutes=1)):
        assert confirming.presume_delivered() == 1
    assert fresh(order).fulfilment == "delivered"


def test_the_money_is_held_until_it_cannot_come_back_then_the_order_is_closed():
    order = delivered(an_order(a_product(return_days=14).variants.get()))
    confirming.confirm_purchase(by=buyer_of(order), order_id=order.pk)
    with clock.shifted(13 * DAY):
        assert (confirming.release_due(), confirming.close_due()) == (0, 0)
    with clock.shifted(15 * DAY):
        assert (confirming.release_due(), confirming.close_due()) == (1, 1)
        assert (confirming.release_due(), confirming.close_due()) == (0, 0)
    now = fresh(order)
    assert (now.state, now.settlement) == ("closed", "available")
    assert now.closed_at is not None


def test_time_decides_nothing_while_something_is_under_way(monkeypatch):
    order, other = delivered(), delivered()
    monkeypatch.setitem(registering._finished, "returns", lambda: ~Q(pk=order.pk))
    with clock.shifted(30 * DAY):
        assert (confirming.confirm_due(), confirming.release_due(), confirming.close_due()) == (1, 1, 1)
    assert (fresh(order).fulfilment, fresh(other).state) == ("delivered", "closed")


def test_the_code_opens_the_counter_once():
    order = an_order(method=PICKUP)
    by, vendor = seller(order), order.vendor
    typed = f" {order.pickup_code[:4].lower()}-{order.pickup_code[4:]} "
    assert handing_over.waiting_for(vendor=vendor, code=typed) == order
    handing_over.hand_over(by=by, vendor=vendor, code=typed)
    now = fresh(order)
    assert (now.state, now.fulfilment, now.settlement) == ("confirmed", "delivered", "held")
    assert order.lines.get(kind="item").shipped == 1
    with pytest.raises(NoSuchCode):
        handing_over.hand_over(by=by, vendor=vendor, code=order.pickup_code)


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "x" * 400])
def test_a_wrong_code_opens_nothing(code):
    order = an_order(method=PICKUP)
    with pytest.raises(NoSuchCode):
        handing_over.hand_over(by=seller(order), vendor=order.vendor, code=code)
    assert fresh(order).state == "placed"


def test_another_vendors_counter_knows_nothing_of_the_code():
    order, other = an_order(method=PICKUP), a_shop()
    with pytest.raises(NoSuchCode):
        handing_over.hand_over(by=seller_of(other), vendor=other, code=order.pickup_code)


def test_it_lies_ready_before_it_is_picked_up():
    order = an_order(method=PICKUP)
    preparing.make_ready(by=seller(order), order_id=order.pk)
    assert (fresh(order).state, fresh(order).fulfilment) == ("confirmed", "ready")
    handing_over.hand_over(by=seller(order), vendor=order.vendor, code=order.pickup_code)
    with pytest.raises(IllegalStep):
        preparing.make_ready(by=seller(order), order_id=order.pk)


@pytest.fixture
def given_back(monkeypatch):
    """What those who give money back were told."""
    told = []
    monkeypatch.setattr(registering, "_on_cancel", {"tests": lambda **facts: told.append(facts)})
    return told


def test_the_buyer_cancels_what_nobody_accepted(given_back):
    order, lamp, shade, delivery = two_lines()
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk, reason="Found another")
    now = fresh(order)
    assert (now.state, now.settlement) == ("cancelled", "reversed")
    assert [line.cancelled for line in order.lines.all()] == [3, 1, 1]
    [told] = given_back
    assert [(one.line.pk, one.count, one.already) for one in told["units"]] == [
        (lamp.pk, 3, 0),
        (shade.pk, 1, 0),
        (delivery.pk, 1, 0),
    ]
    assert (told["by"], told["reason"]) == (buyer_of(order), "Found another")
    assert order.events.get(event="cancelled").reason == "Found another"


def test_a_part_is_cancelled_and_the_rest_is_still_delivered(given_back):
    order, lamp, _shade, delivery = two_lines()
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk, lines={lamp.pk: 1})
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk, lines={lamp.pk: 2})
    assert [(one["units"][0].count, one["units"][0].already) for one in given_back] == [(1, 0), (2, 1)]
    assert fresh(order).state == "placed"
    delivery.refresh_from_db()
    assert delivery.cancelled == 0
    shipping.ship(by=seller(order), order_id=order.pk)
    assert order.parcels.get().lines.count() == 1


def test_the_last_part_takes_the_delivery_with_it(given_back):
    order, lamp, shade, delivery = two_lines()
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk, lines={lamp.pk: 3})
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk, lines={shade.pk: 1})
    assert fresh(order).state == "cancelled"
    assert [one.line.pk for one in given_back[1]["units"]] == [shade.pk, delivery.pk]


def test_once_it_is_being_prepared_the_buyer_asks_the_vendor(given_back):
    order = an_order()
    preparing.confirm(by=seller(order), order_id=order.pk)
    with pytest.raises(BeingPrepared):
        cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk)
    with pytest.raises(ReasonNeeded):
        cancelling.cancel_lines(by=seller(order), order_id=order.pk, reason="  ")
    assert given_back == []
    cancelling.cancel_lines(by=seller(order), order_id=order.pk, reason="The last one broke")
    assert fresh(order).state == "cancelled"


def test_what_was_sent_is_not_cancelled_but_the_rest_may_be(given_back):
    order, lamp, shade, delivery = two_lines()
    by = seller(order)
    shipping.ship(by=by, order_id=order.pk, lines={lamp.pk: 2})
    with pytest.raises(TooManyUnits):
        cancelling.cancel_lines(by=by, order_id=order.pk, reason="Sold out", lines={lamp.pk: 2})
    cancelling.cancel_lines(by=by, order_id=order.pk, reason="Sold out")
    now = fresh(order)
    assert (now.state, now.fulfilment) == ("confirmed", "shipped")
    assert [(one.line.pk, one.count) for one in given_back[0]["units"]] == [(lamp.pk, 1), (shade.pk, 1)]
    delivery.refresh_from_db()
    assert delivery.cancelled == 0


@pytest.mark.parametrize("state", ["shipped", "delivered", "cancelled"])
def test_too_late_to_cancel(state, given_back):
    order = {"shipped": shipped, "delivered": delivered, "cancelled": an_order}[state]()
    if state == "cancelled":
        cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk)
        given_back.clear()
    with pytest.raises(IllegalStep):
        cancelling.cancel_lines(by=seller(order), order_id=order.pk, reason="Too late")
    assert given_back == []


def test_nothing_is_cancelled_if_the_money_cannot_go_back(monkeypatch):
    def refuse(**facts):
        raise IllegalStep

    monkeypatch.setattr(registering, "_on_cancel", {"tests": refuse})
    order = an_order()
    with pytest.raises(IllegalStep):
        cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk)
    assert fresh(order).state == OrderState.PLACED
    assert set(order.lines.values_list("cancelled", flat=True)) == {0}


def test_who_bought_what():
    variant = a_variant()
    order = an_order(variant)
    assert has_bought(buyer_of(order), variant.product_id)
    assert not has_bought(a_member(), variant.product_id)
    cancelling.cancel_lines(by=buyer_of(order), order_id=order.pk)
    assert not has_bought(buyer_of(order), variant.product_id)
