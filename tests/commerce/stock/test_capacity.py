"""Days of what is made to order: held and used as units are, promised from the first free place (rule 2.3)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from commerce.stock import capacity, expiring
from commerce.stock.capacity import Made
from commerce.stock.errors import FullyBooked, NotYourStock, PastDay, StockHeld, WrongQuantity
from commerce.stock.models import Capacity, CapacityHold
from community.foundation import clock
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.members import a_member
from tests.factories.specifications import a_schema
from tests.factories.stock import a_source, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """Today, from noon on: no test runs over midnight."""
    here = clock.now().astimezone(timezone.get_default_timezone())
    with clock.shifted(here.replace(hour=12, minute=0, second=0, microsecond=0) - here):
        yield here.date()


def after(today, days):
    return today + dt.timedelta(days=days)


def hold(schema, quantity, source=None):
    lines = [Made(schema.product_id, quantity)]
    return capacity.hold(lines=lines, source=source or a_source(), until=soon())[schema.product_id]


def days(schema):
    rows = Capacity.objects.filter(calendar__product=schema.product_id).order_by("day")
    return list(rows.values_list("places", "held", "used"))


def test_the_promise_is_the_first_day_with_places_and_the_days_to_make_it(today):
    schema = a_schema(daily_capacity=2, lead_days=5)
    assert capacity.promise(schema.product, 1) == after(today, 5)
    assert hold(schema, 2) == after(today, 5)
    assert capacity.promise(schema.product, 1) == after(today, 6)
    assert days(schema) == [(2, 2, 0)]


def test_many_pieces_take_several_days_and_the_last_is_promised(today):
    schema = a_schema(daily_capacity=2, lead_days=5)
    hold(schema, 1)
    assert hold(schema, 4) == after(today, 7)
    assert days(schema) == [(2, 2, 0), (2, 2, 0), (2, 1, 0)]


def test_a_promise_holds_nothing(today):
    schema = a_schema(daily_capacity=1)
    capacity.promise(schema.product, 3)
    assert days(schema) == []


def test_the_same_source_again_holds_nothing_more(today):
    schema, source = a_schema(daily_capacity=3), a_source()
    first = hold(schema, 2, source)
    assert hold(schema, 2, source) == first
    assert days(schema) == [(3, 2, 0)]


def test_a_product_without_a_schema_has_no_calendar():
    product = a_product(kind="made_to_order")
    assert capacity.promise(product, 1) is None
    assert capacity.hold(lines=[Made(product.pk, 1)], source=a_source(), until=soon()) == {}


def test_committing_uses_the_places_once(today):
    schema, source = a_schema(daily_capacity=3, lead_days=1), a_source()
    hold(schema, 2, source)
    assert capacity.commit(source) == capacity.commit(source) == {schema.product_id: after(today, 1)}
    assert days(schema) == [(3, 0, 2)]


def test_a_release_frees_what_is_held_and_not_what_is_used(today):
    schema, kept, left = a_schema(daily_capacity=3), a_source(), a_source()
    hold(schema, 1, kept)
    capacity.commit(kept)
    hold(schema, 2, left)
    for source in (kept, left, left):
        capacity.release(source)
    assert days(schema) == [(3, 0, 1)]
    capacity.give_back(kept)
    capacity.give_back(kept)
    assert days(schema) == [(3, 0, 0)]


def test_expired_places_are_reclaimed_by_the_next_and_by_the_sweeper(today):
    schema = a_schema(daily_capacity=1, lead_days=0)
    hold(schema, 1)
    with clock.shifted(dt.timedelta(minutes=16)):
        assert hold(schema, 1) == after(today, 0)
        assert days(schema) == [(1, 1, 0)]
    with clock.shifted(dt.timedelta(minutes=32)):
        assert expiring.release_due() == {"units": 0, "places": 1}
    assert days(schema) == [(1, 0, 0)]


def test_a_late_payment_gets_the_next_free_day_and_a_new_promise(today):
    schema, late = a_schema(daily_capacity=1, lead_days=2), a_source()
    assert hold(schema, 1, late) == after(today, 2)
    capacity.release(late)
    hold(schema, 1)
    assert capacity.commit(late) == {schema.product_id: after(today, 3)}
    assert days(schema) == [(1, 1, 0), (1, 0, 1)]


def test_extending_keeps_the_days_for_longer(today):
    schema, source, end = a_schema(), a_source(), soon(50)
    hold(schema, 1, source)
    capacity.extend(source, end)
    assert CapacityHold.objects.get().expires_at == end


def test_beyond_the_horizon_it_is_fully_booked():
    schema = a_schema(daily_capacity=1)
    with pytest.raises(FullyBooked) as refused:
        hold(schema, 181)
    assert (refused.value.status, days(schema)) == (409, [])


@pytest.mark.parametrize("quantity", [0, -1, 1.5, True, 10**9])
def test_quantities_that_are_none_are_refused(quantity):
    with pytest.raises(WrongQuantity):
        hold(a_schema(), quantity)


def test_a_holiday_is_skipped(today):
    schema = a_schema(daily_capacity=5, lead_days=1)
    by = seller_of(schema.product.vendor)
    capacity.set_places(by=by, product=schema.product, day=today, places=0)
    assert hold(schema, 1) == after(today, 2)


def test_days_set_by_hand_keep_their_places_under_a_new_schema_and_others_follow_it(today):
    schema = a_schema(daily_capacity=2)
    by = seller_of(schema.product.vendor)
    capacity.set_places(by=by, product=schema.product, day=today, places=1)
    hold(schema, 2)
    a_schema(product=schema.product, daily_capacity=4)
    hold(schema, 3)
    assert days(schema) == [(1, 1, 0), (4, 4, 0)]


def test_fewer_places_than_are_promised_are_refused(today):
    schema = a_schema(daily_capacity=5)
    by = seller_of(schema.product.vendor)
    hold(schema, 3)
    with pytest.raises(StockHeld):
        capacity.set_places(by=by, product=schema.product, day=today, places=2)
    with pytest.raises(PastDay):
        capacity.set_places(by=by, product=schema.product, day=today - dt.timedelta(days=1), places=2)
    for places in (-1, True, 1.5):
        with pytest.raises(WrongQuantity):
            capacity.set_places(by=by, product=schema.product, day=today, places=places)
    assert days(schema) == [(5, 3, 0)]


def test_strangers_set_no_days(today):
    schema = a_schema()
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotYourStock):
            capacity.set_places(by=stranger, product=schema.product, day=today, places=2)


def test_the_database_refuses_an_overbooked_day():
    schema = a_schema(daily_capacity=1)
    hold(schema, 1)
    with pytest.raises(IntegrityError, match="stock_capacity_never_overbooked"), transaction.atomic():
        Capacity.objects.update(used=1)


def test_the_database_refuses_two_rows_of_a_day_and_two_holds_of_a_source():
    schema, source = a_schema(daily_capacity=1), a_source()
    hold(schema, 1, source)
    row, held = Capacity.objects.get(), CapacityHold.objects.get()
    with pytest.raises(IntegrityError, match="stock_capacity_once_a_day"), transaction.atomic():
        Capacity.objects.create(calendar=row.calendar, day=row.day, places=1)
    held.pk = None
    held.id = row.pk
    held._state.adding = True
    with pytest.raises(IntegrityError, match="stock_capacity_hold_once_a_source"), transaction.atomic():
        held.save(force_insert=True)
    with pytest.raises(IntegrityError, match="stock_capacity_hold_not_empty"), transaction.atomic():
        CapacityHold.objects.update(quantity=0)
