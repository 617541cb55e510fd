"""Rivals for one order: the vendor and the buyer, two clerks at the counter, two jobs."""

import datetime as dt
from collections import Counter

import pytest

from commerce import locks
from commerce.orders import cancelling, confirming, fetching, handing_over, preparing, registering, shipping, stepping
from commerce.orders.errors import BeingPrepared, IllegalStep, NoSuchCode, NothingChosen, TooManyUnits
from commerce.orders.models import Order, OrderEvent, OrderLine, Purchase
from community.foundation import clock
from tests.concurrency.kit import all_went_well, meet_before, race, rival_after
from tests.factories.catalog import a_variant, seller_of
from tests.factories.orders import PICKUP, an_order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_gives_money_back(monkeypatch):
    """These purchases were placed without a checkout."""
    monkeypatch.setattr(registering, "_on_cancel", {})


def take_without_locking(place, ids):
    model = {"order": Order, "purchase": Purchase}[place]
    return {row.pk: row for row in model.objects.filter(pk__in=list(ids))}


def accept(order):
    by = seller_of(order.vendor)
    return lambda: preparing.confirm(by=by, order_id=order.pk)


def cancel(order):
    return lambda: cancelling.cancel_lines(by=order.purchase.member, order_id=order.pk)


def ship(order, **what):
    by = seller_of(order.vendor)
    return lambda: shipping.ship(by=by, order_id=order.pk, **what)


def test_without_the_lock_an_order_is_accepted_and_cancelled(monkeypatch):
    order = an_order()
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, stepping, "_rule")
    outcomes = race(accept(order), cancel(order))
    assert meeting.happened
    assert all_went_well(outcomes)
    assert {"confirmed", "cancelled"} <= set(order.events.values_list("event", flat=True))


def test_vendor_and_buyer_at_once_one_of_the_two_comes_true(monkeypatch):
    order = an_order()
    meeting = meet_before(monkeypatch, stepping, "_rule")
    outcomes = race(accept(order), cancel(order))
    assert not meeting.happened
    assert sorted(type(outcome.raised) in (IllegalStep, BeingPrepared) for outcome in outcomes) == [False, True]
    order.refresh_from_db()
    assert order.events.filter(axis="order", before="placed").count() == 1
    assert order.events.filter(axis="order").latest("at").after == order.state


def test_who_cancels_decides_on_what_is_there_after_the_lock(monkeypatch):
    order = an_order()
    rival = rival_after(monkeypatch, cancelling, "seen_order", accept(order))
    with pytest.raises(BeingPrepared):
        cancel(order)()
    assert rival.end().raised is None
    assert set(OrderLine.objects.values_list("cancelled", flat=True)) == {0}


def test_two_who_cancel_give_back_once(monkeypatch):
    given = []
    monkeypatch.setattr(registering, "_on_cancel", {"tests": lambda **told: given.append(told)})
    order = an_order((a_variant(), 3))
    outcomes = race(*[cancel(order)] * 4)
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, IllegalStep: 3}
    assert len(given) == 1
    assert order.lines.get(kind="item").cancelled == 3


def test_parcels_packed_at_once_hold_each_unit_once():
    order = an_order((a_variant(), 3))
    line = order.lines.get(kind="item")
    packed = [ship(order, carrier="cj", tracking=str(number), lines={line.pk: 2}) for number in range(3)]
    outcomes = race(*packed, ship(order, carrier="cj", tracking="rest"))
    assert {type(outcome.raised) for outcome in outcomes} <= {type(None), TooManyUnits, NothingChosen}
    line.refresh_from_db()
    assert line.shipped == sum(parcel.lines.get().quantity for parcel in order.parcels.all()) <= 3


def test_a_code_shown_at_two_counters_opens_one(monkeypatch):
    order = an_order(method=PICKUP)
    by = seller_of(order.vendor)
    meeting = meet_before(monkeypatch, fetching, "locked")
    outcomes = race(*[lambda: handing_over.hand_over(by=by, vendor=order.vendor, code=order.pickup_code)] * 2)
    assert meeting.happened
    assert sorted(type(outcome.raised) in (IllegalStep, NoSuchCode) for outcome in outcomes) == [False, True]
    assert order.events.filter(event="delivered").count() == 1


def test_jobs_at_once_confirm_each_order_once():
    orders = [an_order() for _number in range(4)]
    for order in orders:
        ship(order)()
        shipping.deliver(by=order.purchase.member, order_id=order.pk)
    Order.objects.update(delivered_at=clock.now() - dt.timedelta(days=9))
    outcomes = race(*[confirming.confirm_due] * 3)
    assert all_went_well(outcomes)
    assert sum(outcome.value for outcome in outcomes) == 4
    assert OrderEvent.objects.filter(event="purchase_confirmed").count() == 4


def test_a_job_leaves_what_the_buyer_has_in_hand(monkeypatch):
    order = an_order()
    ship(order)()
    shipping.deliver(by=order.purchase.member, order_id=order.pk)
    Order.objects.update(delivered_at=clock.now() - dt.timedelta(days=9))
    rival = rival_after(monkeypatch, confirming, "order_for_buyer", confirming.confirm_due)
    confirming.confirm_purchase(by=order.purchase.member, order_id=order.pk)
    assert rival.end().value == 0
    assert not rival.waited
    assert order.events.filter(event="purchase_confirmed").count() == 1
