"""Rivals for one order's units: two tabs that return, two clerks that refund, time and a clerk."""

import datetime as dt
from collections import Counter

import pytest

from commerce import locks
from commerce.ledger.auditing import audit
from commerce.orders.errors import TooManyUnits
from commerce.orders.models import Order, OrderLine, Purchase
from commerce.payments.models import Attempt, Refund
from commerce.returns import asking, deciding, fetching, overdue, receiving, refunding, sending
from commerce.returns.errors import NothingReceived, ReturnMoved
from commerce.returns.models import Return
from community.foundation import clock
from tests.concurrency.kit import all_went_well, meet_before, race, rival_after
from tests.factories.catalog import seller_of
from tests.factories.checkout import goods
from tests.factories.commissions import a_plan
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order, wanted
from tests.factories.stock import numbers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _plan() -> None:
    a_plan(1000)  # the one of the migration went with the rows of the test before


def ask(order, quantity=1):
    by = order.purchase.member
    return lambda: asking.ask_return(by=by, order_id=order.pk, lines=wanted(order, quantity))


def refund(row):
    by = seller_of(row.order.vendor)
    return lambda: refunding.refund_return(by=by, return_id=row.pk).money


def test_without_the_lock_a_unit_is_asked_for_twice(monkeypatch) -> None:
    order = an_arrived_order()
    real = locks.take
    monkeypatch.setattr(
        locks,
        "take",
        lambda place, ids: (
            {row.pk: row for row in Order.objects.filter(pk__in=list(ids))} if place == "order" else real(place, ids)
        ),
    )
    meeting = meet_before(monkeypatch, asking, "chosen")
    outcomes = race(ask(order), ask(order))
    assert meeting.happened
    assert sum(outcome.raised is None for outcome in outcomes) >= 1
    assert not any(isinstance(outcome.raised, TooManyUnits) for outcome in outcomes)


def test_the_last_unit_is_in_one_return(monkeypatch) -> None:
    order = an_arrived_order((goods(), 2))
    a_return(order, 1)
    meeting = meet_before(monkeypatch, asking, "chosen")
    outcomes = race(ask(order), ask(order))
    assert not meeting.happened
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, TooManyUnits: 1}
    assert Return.objects.count() == 2


def test_returns_of_many_tabs_never_hold_more_than_arrived() -> None:
    order = an_arrived_order((goods(), 5))
    outcomes = race(*[ask(order, 2)] * 6)
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 2, TooManyUnits: 4}


def test_two_who_refund_give_back_once() -> None:
    row = a_received_return(an_arrived_order((goods(10_000), 2)), 2)
    outcomes = race(*[refund(row)] * 4)
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, NothingReceived: 3}
    assert [one.amount for one in Refund.objects.all()] == [20_000]
    assert OrderLine.objects.get().returned == 2
    assert Purchase.objects.get().refunded == Attempt.objects.get().refunded == 20_000
    assert audit() == []


def test_time_and_a_clerk_refund_once() -> None:
    row = a_received_return()
    Return.objects.update(due_at=clock.now() - dt.timedelta(minutes=1))
    outcomes = race(refund(row), overdue.settle_due, overdue.settle_due)
    assert {type(outcome.raised) for outcome in outcomes} <= {type(None), NothingReceived}
    assert Refund.objects.count() == 1


def test_who_decides_after_the_buyer_withdrew_is_told(monkeypatch) -> None:
    row = a_return()
    buyer, seller = row.order.purchase.member, seller_of(row.order.vendor)
    rival = rival_after(monkeypatch, fetching, "seen_return", lambda: sending.withdraw(by=buyer, return_id=row.pk))
    with pytest.raises(ReturnMoved):
        deciding.decide(by=seller, return_id=row.pk, accepted=True)
    assert rival.end().raised is None
    assert Return.objects.get().state == "withdrawn"


def test_two_who_receive_shelve_once() -> None:
    cup = goods(on_hand=5)
    row = an_accepted_return(an_arrived_order((cup, 2)), 2)
    seller = seller_of(row.order.vendor)
    outcomes = race(*[lambda: receiving.receive(by=seller, return_id=row.pk)] * 3)
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, ReturnMoved: 2}
    assert numbers(cup.stock) == (5, 0, 5)


def test_goodwill_and_a_refund_at_once_give_back_no_more_than_came() -> None:
    row = a_received_return(an_arrived_order(goods(10_000)))
    seller = seller_of(row.order.vendor)
    outcomes = race(
        refund(row), *[lambda: refunding.goodwill(by=seller, order_id=row.order_id, amount=6_000).money] * 2
    )
    assert any(outcome.raised is None for outcome in outcomes)
    assert sum(one.amount for one in Refund.objects.all()) == Attempt.objects.get().refunded <= 10_000
    assert Order.objects.get().refunded == Purchase.objects.get().refunded == Attempt.objects.get().refunded
    assert audit() == []


def test_jobs_at_once_settle_each_return_once() -> None:
    rows = [a_return() for _number in range(3)]
    Return.objects.update(due_at=clock.now() - dt.timedelta(minutes=1))
    outcomes = race(*[overdue.settle_due] * 3)
    assert all_went_well(outcomes)
    assert sum(outcome.value["accepted"] for outcome in outcomes) == len(rows)
