"""Rivals for the last units: exactly as many are held as there are (rule 2.3, 2.19)."""

import datetime as dt
import sys
from collections import Counter

import pytest
from django.db import IntegrityError, connections

from commerce import locks
from commerce.stock import capacity, counting, expiring, holding
from commerce.stock.errors import OutOfStock
from commerce.stock.models import Calendar, Hold, Movement, Stock
from community.foundation import clock
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.catalog import seller_of
from tests.factories.specifications import a_schema
from tests.factories.stock import a_source, a_stock, numbers, soon, wanted

pytestmark = pytest.mark.django_db(transaction=True)


def take_without_locking(place, ids):
    model = {"stock": Stock, "capacity": Calendar}[place]
    return {row.pk: row for row in model.objects.filter(pk__in=list(ids))}


def careless_raise(key, quantity):
    """Check, then write: what a shop does that trusts what it read."""
    stock = Stock.objects.get(pk=key)
    if stock.available < quantity:
        return False
    written(stock, quantity)
    return True


def written(stock, quantity):
    Stock.objects.filter(pk=stock.pk).update(held=stock.held + quantity)


@pytest.mark.breaks_invariants
def test_without_lock_and_guard_the_race_happens(monkeypatch):
    stock = a_stock(1)
    monkeypatch.setattr(locks, "take", take_without_locking)
    monkeypatch.setattr(holding, "_raise_held", careless_raise)
    meeting = meet_before(monkeypatch, sys.modules[__name__], "written")
    outcomes = race(
        *[lambda: holding.hold(lines=wanted((stock, 1)), source=a_source(), until=soon()) for _rival in range(2)]
    )
    assert meeting.happened
    assert all_went_well(outcomes)
    assert Hold.objects.filter(state="held").count() == 2  # of one unit


def test_the_guard_alone_sells_nothing_twice(monkeypatch):
    stock = a_stock(1)
    monkeypatch.setattr(locks, "take", take_without_locking)
    outcomes = race(
        *[lambda: holding.hold(lines=wanted((stock, 1)), source=a_source(), until=soon()) for _rival in range(4)]
    )
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 1, OutOfStock: 3}
    assert numbers(stock) == (1, 1, 0)


def test_sixty_four_rivals_for_ten_units_get_exactly_ten():
    stock = a_stock(10)

    def buy():
        source = a_source()
        holding.hold(lines=wanted((stock, 1)), source=source, until=soon())
        holding.sell(source)

    outcomes = race(*[buy] * 64)
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 10, OutOfStock: 54}
    assert numbers(stock) == (0, 0, 0)
    assert Movement.objects.filter(reason="sold").count() == 10


def test_without_the_lock_two_calls_of_one_source_collide(monkeypatch):
    stock, source = a_stock(10), a_source()
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, holding, "_reserve")
    outcomes = race(*[lambda: holding.hold(lines=wanted((stock, 1)), source=source, until=soon())] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_two_calls_of_one_source_hold_once(monkeypatch):
    stock, source = a_stock(10), a_source()
    meeting = meet_before(monkeypatch, holding, "_reserve")
    assert all_went_well(race(*[lambda: holding.hold(lines=wanted((stock, 1)), source=source, until=soon())] * 2))
    assert not meeting.happened
    assert numbers(stock) == (10, 1, 9)


def test_two_sales_of_one_source_sell_once(monkeypatch):
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    meeting = meet_before(monkeypatch, holding, "_hold_again")
    assert all_went_well(race(*[lambda: holding.sell(source)] * 2))
    assert not meeting.happened
    assert numbers(stock) == (8, 0, 8)
    assert Movement.objects.filter(reason="sold").count() == 1


def test_sale_and_release_at_once_do_one_of_the_two():
    stock, source = a_stock(10), a_source()
    holding.hold(lines=wanted((stock, 2)), source=source, until=soon())
    assert all_went_well(race(*[lambda: holding.sell(source), lambda: holding.release(source)] * 3))
    assert numbers(stock) == (8, 0, 8)  # a sale after the release holds again


def test_two_things_wanted_in_either_order_do_not_deadlock():
    one, two = a_stock(50), a_stock(50)
    there, back = wanted((one, 1), (two, 1)), wanted((two, 1), (one, 1))
    acts = [
        lambda lines=lines: holding.hold(lines=lines, source=a_source(), until=soon()) for lines in [there, back] * 8
    ]
    assert all_went_well(race(*acts))
    assert (numbers(one), numbers(two)) == ((50, 16, 34), (50, 16, 34))


def test_rivals_who_reclaim_what_expired_reclaim_it_once():
    stock = a_stock(4)
    holding.hold(lines=wanted((stock, 4)), source=a_source(), until=clock.now() - dt.timedelta(seconds=1))
    outcomes = race(
        *[lambda: holding.hold(lines=wanted((stock, 1)), source=a_source(), until=soon()) for _rival in range(8)]
    )
    assert Counter(type(outcome.raised) for outcome in outcomes) == {type(None): 4, OutOfStock: 4}
    assert numbers(stock) == (4, 4, 0)


def test_sweepers_at_once_free_each_hold_once():
    stocks = [a_stock(5) for _number in range(3)]
    for stock in stocks:
        holding.hold(lines=wanted((stock, 5)), source=a_source(), until=clock.now() - dt.timedelta(seconds=1))
    outcomes = race(*[expiring.release_due] * 3)
    assert all_went_well(outcomes)
    assert sum(outcome.value["units"] for outcome in outcomes) == 15
    assert [numbers(stock) for stock in stocks] == [(5, 0, 5)] * 3


def test_a_sweeper_does_not_wait_for_a_stock_that_is_in_hand():
    busy, free = a_stock(5), a_stock(5)
    for stock in (busy, free):
        holding.hold(lines=wanted((stock, 5)), source=a_source(), until=clock.now() - dt.timedelta(seconds=1))
    with connections["default"].cursor() as cursor:
        connections["default"].set_autocommit(False)
        try:
            cursor.execute("SELECT 1 FROM commerce_stock_stock WHERE id = %s FOR NO KEY UPDATE", [busy.pk])
            [outcome] = race(expiring.release_due)
        finally:
            connections["default"].rollback()
            connections["default"].set_autocommit(True)
    assert outcome.value == {"units": 5, "places": 0}
    assert (numbers(busy), numbers(free)) == ((5, 5, 0), (5, 0, 5))


def test_a_count_and_a_hold_at_once_never_leave_less_than_is_held():
    stock = a_stock(5)
    by = seller_of(stock.variant.product.vendor)
    outcomes = race(
        lambda: counting.set_on_hand(by=by, variant=stock.variant, on_hand=2),
        lambda: holding.hold(lines=wanted((stock, 4)), source=a_source(), until=soon()),
    )
    assert [outcome.refused for outcome in outcomes].count(True) == 1
    assert numbers(stock) in [(2, 0, 2), (5, 4, 1)]


def test_two_counts_at_once_leave_the_number_counted(monkeypatch):
    stock = a_stock(5)
    by = seller_of(stock.variant.product.vendor)
    meeting = meet_before(monkeypatch, counting, "move")
    assert all_went_well(race(*[lambda: counting.set_on_hand(by=by, variant=stock.variant, on_hand=8)] * 2))
    assert not meeting.happened
    assert numbers(stock) == (8, 0, 8)


def test_the_first_two_counts_of_a_variant_make_one_stock():
    stock = a_stock(0)
    variant, by = stock.variant, seller_of(stock.variant.product.vendor)
    Stock.objects.all().delete()
    assert all_went_well(race(*[lambda: counting.receive(by=by, variant=variant, quantity=1)] * 4))
    assert Stock.objects.get().on_hand == 4


def test_without_the_lock_a_day_is_promised_twice_and_only_the_database_refuses(monkeypatch):
    schema = a_schema(daily_capacity=1)
    Calendar.objects.create(product=schema.product)
    monkeypatch.setattr(locks, "take", take_without_locking)
    meeting = meet_before(monkeypatch, capacity, "_first_places")
    lines = [capacity.Made(schema.product_id, 1)]
    outcomes = race(*[lambda: capacity.hold(lines=lines, source=a_source(), until=soon())] * 2)
    assert meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [IntegrityError]


def test_rivals_for_a_place_get_different_days(monkeypatch):
    schema = a_schema(daily_capacity=1, lead_days=3)
    Calendar.objects.create(product=schema.product)
    meeting = meet_before(monkeypatch, capacity, "_first_places")
    lines = [capacity.Made(schema.product_id, 1)]
    outcomes = race(*[lambda: capacity.hold(lines=lines, source=a_source(), until=soon())] * 2)
    assert all_went_well(outcomes)
    assert not meeting.happened
    first, second = sorted(outcome.value[schema.product_id] for outcome in outcomes)
    assert (second - first).days == 1


def test_rivals_for_places_get_different_days():
    schema = a_schema(daily_capacity=2, lead_days=3)
    lines = [capacity.Made(schema.product_id, 1)]
    outcomes = race(*[lambda: capacity.hold(lines=lines, source=a_source(), until=soon())] * 6)
    assert all_went_well(outcomes)
    first = min(outcome.value[schema.product_id] for outcome in outcomes)
    days = Counter((outcome.value[schema.product_id] - first).days for outcome in outcomes)
    assert days == {0: 2, 1: 2, 2: 2}
